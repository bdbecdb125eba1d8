import { progressBars, timingMagics } from "./durations.ts";
import { memoryAddress } from "./memory-address.ts";
import { axesReprs, barContainers, textArtists } from "./matplotlib-reprs.ts";
import { pandasIndexes, seriesAlignment } from "./pandas-reprs.ts";
import { arrayEllipses, arraySpacing, numpyScalars, unicodePrefixes } from "./repr-styles.ts";
import { temporaryPaths } from "./temporary-paths.ts";
import { ansiColours, overwrittenLines } from "./terminal.ts";
import { testDurations, testHeader } from "./test-durations.ts";
import type { TextRule } from "./text-rule.ts";

/** All rules for console and notebook text, in the order in which they are applied. None touches a data file. */
export const textRules: readonly TextRule[] = [
  ansiColours,
  overwrittenLines,
  axesReprs,
  textArtists,
  barContainers,
  pandasIndexes,
  memoryAddress,
  timingMagics,
  progressBars,
  testDurations,
  testHeader,
  temporaryPaths,
  numpyScalars,
  unicodePrefixes,
  arrayEllipses,
  arraySpacing,
  seriesAlignment,
];
