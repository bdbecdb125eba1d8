import type { Finding, Project } from "../../model/index.ts";
import type { DockerfileContext } from "./dockerfile-practice.ts";
import { dockerfilePractices } from "./dockerfile-practices.ts";
import { viewDockerfile } from "./dockerfile-view.ts";

/** The Dockerfiles of a project, relative to its root. */
export function dockerfilesOf({ manifests }: Pick<Project, "manifests">): readonly string[] {
  return manifests.filter(({ format }) => format === "Dockerfile").map(({ path }) => path);
}

/** What is to be said of a project's own Dockerfiles, by file and line. `read` gives a file's text. */
export function dockerfileFindings(
  project: Pick<Project, "manifests">,
  read: (path: string) => string,
  context: DockerfileContext,
): readonly Finding[] {
  return dockerfilesOf(project).flatMap((path) => {
    const view = viewDockerfile(path, read(path));
    return dockerfilePractices
      .flatMap((practice) => practice.find(view, context))
      .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
  });
}
