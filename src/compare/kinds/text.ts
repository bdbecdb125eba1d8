import { defineComparator } from "../comparator.ts";
import { decodeText } from "../text-encoding.ts";
import { compareDataText } from "../text-lines.ts";

/** Any other file that is UTF-8: line by line. */
export const text = defineComparator({
  id: "text",
  matches: (_path, head) => !head.includes(0),
  compare: (before, after, { tolerances }) => {
    const [left, right] = [decodeText(before), decodeText(after)];
    return left === null || right === null ? null : compareDataText(left, right, tolerances);
  },
});
