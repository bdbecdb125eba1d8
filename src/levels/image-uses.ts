import { imageTop } from "../artifacts/image/index.ts";
import type { Evidence } from "../model/index.ts";
import { digestOf } from "../sandbox/index.ts";
import { joinPath, lookUp } from "../system/index.ts";
import type { ImageStart } from "./image-start.ts";
import type { ImageUse } from "./run-image.ts";
import type { Subject } from "./subject.ts";

/** An image that Rung wrote: its launcher knows the commands. */
export function useLauncher({ variables }: ImageStart, declared: Readonly<Record<string, string>>): ImageUse {
  const launcher = `/${imageTop}/run`;
  return {
    project: `/${imageTop}/project`,
    env: { ...variables, ...declared },
    words: ({ kind, name }, executed) => ({
      argv: [launcher, "--only", ...(kind === "notebook" ? ["--executed", executed] : []), name],
      cwd: "/",
    }),
    probe: [launcher, "--list"],
    evidence: [],
  };
}

/** Anybody's image: the commands' own lines, by its shell, in the folder that it starts in; notebooks by its jupyter. */
export function useShell(
  { variables, workingDirectory }: ImageStart,
  declared: Readonly<Record<string, string>>,
  subject: Subject,
  rootfs: string,
): ImageUse {
  return {
    project: workingDirectory,
    env: { HOME: "/tmp", ...variables, ...declared },
    words({ kind, run, cwd }, executed) {
      const split = executed.lastIndexOf("/");
      const notebook = ["--output-dir", executed.slice(0, split), "--output", executed.slice(split + 1), run];
      return {
        argv:
          kind === "notebook"
            ? ["jupyter", "nbconvert", "--to", "notebook", "--execute", ...notebook]
            : ["/bin/sh", "-c", run],
        cwd: joinPath(workingDirectory, cwd),
      };
    },
    probe: ["/bin/sh", "-c", ":"],
    evidence: [heldFiles(subject, joinPath(rootfs, workingDirectory))],
  };
}

const namesTold = 5;

/** Whether what lies in the image is this project: the files that others get of it, as they are here. */
export function heldFiles({ archive }: Subject, folder: string): Evidence {
  const there = [...archive].filter(([path]) => lookUp(joinPath(folder, path)) !== null);
  const other = there.filter(([path, digest]) => digestOf(joinPath(folder, path)) !== digest.slice(0, 64));
  const names = other.slice(0, namesTold).map(([path]) => path);
  const more = other.length > namesTold ? ` and ${other.length - namesTold} more` : "";
  const held = `the image holds ${there.length} of the ${archive.size} files that others get`;
  if (there.length === 0) return { id: "image-content", status: "failed", summary: held };
  return other.length === 0
    ? { id: "image-content", status: "proved", summary: `${held}, as they are here` }
    : {
        id: "image-content",
        status: "failed",
        summary: `${held}, and others than here: ${names.join(", ")}${more}`,
      };
}
