import { secretByName } from "../../artifacts/index.ts";
import type { Change, Finding } from "../../model/index.ts";
import {
  dockerfileFindings,
  dockerfilesOf,
  imagesToPin,
  mendDockerfile,
  type DockerfileContext,
} from "../../practices/index.ts";
import { readText } from "../../system/index.ts";
import { versionsIn } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** Level 5: what is to be said of the images that the project's own Dockerfiles build. */
export function ownDockerfiles(subject: Subject): readonly Finding[] {
  return dockerfileFindings(subject.project, reading(subject), contextOf(subject));
}

/**
 * The project's Dockerfiles with today's digests of their images, as `digestOf` knows them, and the lock's versions of
 * what pip installs there by name.
 */
export async function mendedDockerfiles(
  subject: Subject,
  digestOf: (image: string) => Promise<string | null>,
): Promise<readonly Change[]> {
  const texts = dockerfilesOf(subject.project).map((path) => ({ path, text: reading(subject)(path) }));
  const images = new Set(texts.flatMap(({ text }) => imagesToPin(text)));
  const asked = await Promise.all(
    Array.from(images, async (image) => [image, await digestOf(image)] as const),
  );
  const digests = new Map(
    asked.flatMap(([image, digest]): [string, string][] => (digest === null ? [] : [[image, digest]])),
  );
  const { versions } = contextOf(subject);
  return texts.flatMap(({ path, text }) => mendDockerfile(path, text, { digests, versions }) ?? []);
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
