import { secretByName } from "../../artifacts/index.ts";
import type { Change, Finding } from "../../model/index.ts";
import {
  dockerfileFindings,
  dockerfilesOf,
  pinInstalls,
  type DockerfileContext,
} from "../../practices/index.ts";
import { readText } from "../../system/index.ts";
import { versionsIn } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Level 5: what is to be said of the images that the project's own Dockerfiles build. */
export function ownDockerfiles(subject: Subject): readonly Finding[] {
  return dockerfileFindings(subject.project, reading(subject), contextOf(subject));
}

/** The project's Dockerfiles with what can be mended in them without asking anybody. */
export function mendedDockerfiles(subject: Subject): readonly Change[] {
  const read = reading(subject);
  return dockerfilesOf(subject.project).flatMap(
    (path) => pinInstalls(path, read(path), contextOf(subject)) ?? [],
  );
}

const reading =
  ({ project }: Subject) =>
  (path: string): string =>
    readText(`${project.root}/${path}`);

function contextOf({ project, lock }: Subject): DockerfileContext {
  const manifest = project.manifests.find(({ path }) => path === lock?.path);
  const locked = manifest === undefined ? [] : [...versionsIn(manifest)];
  const single = locked.flatMap(([name, versions]): [string, string][] => {
    const [version, ...others] = versions;
    return version === undefined || others.length > 0 ? [] : [[name, version]];
  });
  return { secretFile: (path) => secretByName(path)?.kind ?? null, versions: new Map(single) };
}
