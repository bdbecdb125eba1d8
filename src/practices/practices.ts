import { clockReading } from "./kinds/clock-reading.ts";
import { python2Code } from "./kinds/python-2-code.ts";
import { syntaxError } from "./kinds/syntax-error.ts";
import { unorderedListing } from "./kinds/unordered-listing.ts";
import { unseededRandom } from "./kinds/unseeded-random.ts";
import type { Practice } from "./practice.ts";

/** All practices, in the order in which their findings are shown. */
export const practices: readonly Practice[] = [
  syntaxError,
  python2Code,
  unseededRandom,
  clockReading,
  unorderedListing,
];
