import type { Comparator } from "./comparator.ts";
import { bytes } from "./kinds/bytes.ts";
import { consoleText } from "./kinds/console.ts";
import { csv } from "./kinds/csv.ts";
import { gzip } from "./kinds/gzip.ts";
import { json } from "./kinds/json.ts";
import { notebook } from "./kinds/notebook.ts";
import { npy } from "./kinds/npy.ts";
import { npz } from "./kinds/npz.ts";
import { pickle } from "./kinds/pickle.ts";
import { png } from "./kinds/png.ts";
import { text } from "./kinds/text.ts";

/** Every comparator, in the order in which they are asked; the last two take what no other knows. */
export const comparators: readonly Comparator[] = [
  consoleText,
  notebook,
  json,
  csv,
  npy,
  npz,
  png,
  gzip,
  pickle,
  text,
  bytes,
];
