import { makeFinding } from "../../model/index.ts";
import { callsOf, definePractice } from "../practice.ts";

const listings = /^(?:os\.(?:listdir|scandir|walk)|glob\.i?glob|\.(?:iterdir|rglob))$/u;

/** Files in the order in which the file system happens to keep them. */
export const unorderedListing = definePractice({
  id: "unordered-listing",
  title: "files are taken in the order of the file system",
  find: (code) =>
    callsOf(code).flatMap(({ file, call }) => {
      const { name, literal, use } = call;
      const isOne = name.startsWith("glob.") && literal !== undefined && !/[*?[]/u.test(literal);
      const isPathGlob = name === ".glob" && literal !== undefined && literal.includes("*");
      if ((!listings.test(name) && !isPathGlob) || use !== undefined || isOne) return [];
      return [
        makeFinding(
          "unordered-listing",
          "warning",
          `${name.replace(/^\./u, "")} gives files in no set order`,
          {
            file,
            line: call.line,
            why: "The order is the file system's: on another disk the same files come in another order, and with it rows, sums and models.",
            fix: "Wrap it in sorted(...).",
          },
        ),
      ];
    }),
});
