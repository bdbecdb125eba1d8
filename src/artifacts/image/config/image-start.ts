import { imageUser } from "../base/scratch.ts";
import type { ImageStart } from "./image-config.ts";

/** The folder of an image that the bundle lies in. */
export const imageTop = "app";

/** How a container of a bundle's image starts; `defaultCommand` null: a command must be named. `variables`: "NAME=value". */
export function imageStart(defaultCommand: string | null, variables: readonly string[]): ImageStart {
  return {
    entrypoint: [`/${imageTop}/run`, "--out", "/out"],
    command: defaultCommand === null ? [] : [defaultCommand],
    user: `${imageUser}:${imageUser}`,
    workingDirectory: "/out",
    volumes: ["/out"],
    variables: ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", ...variables],
  };
}
