import type { Finding } from "../../model/index.ts";
import type { DockerfileView } from "./dockerfile-view.ts";

/** What Dockerfile practices are told of the project beside the file. */
export interface DockerfileContext {
  /** What kind of secret a file of this name holds; null where none. */
  readonly secretFile: (path: string) => string | null;
  /** Versions of the project's lock by normalised name; empty where there is no lock. */
  readonly versions: ReadonlyMap<string, string>;
}

/** One habit that makes an image another one next time, or gives away a secret, told from the Dockerfile alone. */
export interface DockerfilePractice {
  /** Rules of its findings. */
  readonly rules: readonly string[];
  readonly title: string;
  /** Pure, and never throws. Each finding has its file and line, why it matters, and a fix. */
  find(file: DockerfileView, context: DockerfileContext): readonly Finding[];
}

export function defineDockerfilePractice(practice: DockerfilePractice): DockerfilePractice {
  return practice;
}
