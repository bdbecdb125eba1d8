import { fixedTimeZone } from "./kinds/fixed-time-zone.ts";
import { pathFromFile } from "./kinds/path-from-file.ts";
import { randomState } from "./kinds/random-state.ts";
import { seedAtTop } from "./kinds/seed-at-top.ts";
import { seededGenerator } from "./kinds/seeded-generator.ts";
import { sortedListing, sortedSet } from "./kinds/sorted-order.ts";
import { textEncoding } from "./kinds/text-encoding.ts";
import type { CodeMend } from "./mend.ts";

/** In the order in which they are tried: those that change least of what the code does come first. */
export const mends: readonly CodeMend[] = [
  seededGenerator,
  randomState,
  seedAtTop,
  sortedListing,
  sortedSet,
  textEncoding,
  fixedTimeZone,
  pathFromFile,
];
