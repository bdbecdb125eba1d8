import { defineComparator } from "../comparator.ts";
import { parseExactJson } from "../formats/exact-json.ts";
import { compareJsonValues } from "../json-values.ts";
import { decodeText } from "../text-encoding.ts";

/** JSON and GeoJSON files (RFC 8259, 7946), by their values and the order of their keys. */
export const json = defineComparator({
  id: "json",
  matches: (path) => /\.(?:geo)?json$/iu.test(path),
  compare: (before, after, { tolerances }) => {
    const [left, right] = [decodeText(before), decodeText(after)];
    if (left === null || right === null) return null;
    const [one, other] = [parseExactJson(left), parseExactJson(right)];
    if (one === null || other === null) return null;
    return compareJsonValues(one.value, other.value, tolerances, "as written");
  },
});
