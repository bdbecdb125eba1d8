import type { CauseKind } from "../../model/index.ts";

/** What its owner can do about a cause where no patch can be offered, in one sentence. */
export const advice: Readonly<Record<CauseKind, string>> = {
  "random-seed": "seed the generator, or draw from one that is made with a seed",
  entropy:
    "take names and numbers that must come again from a seeded generator, or from what they stand for (uuid5)",
  "hash-seed": "sort sets before their order comes out, and digest by hashlib instead of hash()",
  "directory-order": "sort listings of folders",
  clock: "take the date as a parameter, and keep times of running out of the results",
  "time-zone": "work in UTC, or name the zone",
  locale: "name the encoding and the formats",
  "working-directory": "find files from __file__, or take their place as a parameter",
  "tree-path": "write paths relative to the project into the results",
  home: "take the place of files as a parameter, not from the home folder",
  user: "keep the user's name out of the results",
  hostname: "keep the machine's name out of the results",
  environment: "declare the variable and give it a value in the project's configuration",
  umask: "set the mode of files that are results",
  "cpu-count": "fix the number of parts that the work is cut into, whatever runs them",
  "cpu-features": "compare with a tolerance, or fix what the numerical library uses",
  threads: "put results into an order of their own, and fix the number of threads",
  "process-id": "keep process numbers out of the results and out of seeds",
  "memory-address": "give the objects a name or a number to be shown, sorted and kept by",
  "file-times": "take dates from what files hold, not from when they were written",
  "temp-folder": "keep paths of temporary files out of the results",
  network: "keep what is fetched beside the project, with its digest",
  "input-changed":
    "begin from the same files each time (make anew what an earlier run left), and keep inputs with their digest",
};
