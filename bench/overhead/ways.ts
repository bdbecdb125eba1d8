/** The ways in which a program is watched: each starts the same measured program, so that it is known apart. */
import fs from "node:fs";
import path from "node:path";
import { installHook, hookFolder } from "../../src/sandbox/index.ts";
import { observeSettings } from "../../src/trace/watching.ts";
import { checkout } from "../time.ts";

export const wayNames = ["plain", "hook", "run", "deep", "reprozip", "strace"] as const;
/** What is measured where nothing else is asked for: `rung run` holds the hook. */
export const usualWays: readonly WayName[] = ["plain", "run", "deep", "reprozip", "strace"];
/** Measured less often: they take longest, and no goal is set for them. */
export const peerWays: readonly WayName[] = ["deep", "reprozip", "strace"];
export type WayName = (typeof wayNames)[number];

export const wayTitles: Readonly<Record<WayName, string>> = {
  plain: "plain",
  hook: "the hook alone",
  run: "rung run",
  deep: "rung run --deep",
  reprozip: "reprozip trace",
  strace: "strace -f",
};

export interface Watched {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

export interface Subject {
  /** The project's folder. */
  readonly root: string;
  /** The measured program: program and arguments. */
  readonly program: readonly [string, ...string[]];
  /** What the ways may write to. */
  readonly scratch: string;
  readonly reprozip: string | null;
}

/** How a program is started in one of the ways, everything from the way's last time removed. */
export function watched(way: WayName, { root, program, scratch, reprozip }: Subject): Watched {
  const place = path.join(scratch, way);
  fs.rmSync(place, { recursive: true, force: true });
  fs.mkdirSync(place, { recursive: true });
  const rung = [path.join(checkout, "rung"), "run", "main", root, "--quiet"] as const;
  switch (way) {
    case "plain":
      return { argv: program, env: {} };
    case "hook": {
      const inside = { hookFolder, sharedInside: place, treeInside: root };
      return { argv: program, env: installHook(observeSettings(), inside, place, {}) };
    }
    case "run":
      return { argv: rung, env: {} };
    case "deep":
      return { argv: [...rung, "--deep"], env: {} };
    case "strace":
      return { argv: ["strace", "-f", "-o", path.join(place, "strace.log"), ...program], env: {} };
    case "reprozip":
      // Packages are not looked up: that is a cost of its own, and none of watching.
      return {
        argv: [
          reprozip ?? "reprozip",
          "trace",
          "--overwrite",
          "--dont-identify-packages",
          "-d",
          place,
          ...program,
        ],
        env: { REPROZIP_USAGE_STATS: "off", HOME: scratch },
      };
  }
}
