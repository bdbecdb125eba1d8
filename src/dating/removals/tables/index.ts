import type { Removal } from "../removal.ts";
import { arrayRemovals } from "./arrays.ts";
import { fileRemovals } from "./files.ts";
import { frameRemovals } from "./frames.ts";
import { learningRemovals } from "./learning.ts";
import { networkRemovals } from "./networks.ts";
import { plottingRemovals } from "./plotting.ts";
import { pythonRemovals } from "./python.ts";
import { toolRemovals } from "./tools.ts";

/** Every removal and renaming that is known; a new one is one line in the table of its field. */
export const removals: readonly Removal[] = [
  ...arrayRemovals,
  ...frameRemovals,
  ...plottingRemovals,
  ...learningRemovals,
  ...networkRemovals,
  ...toolRemovals,
  ...fileRemovals,
  ...pythonRemovals,
];
