import { compareConsoleText } from "../console-text.ts";
import { defineComparator } from "../comparator.ts";
import { decodeConsole } from "../text-encoding.ts";

/** What a command printed. It is chosen by the output's kind and never by a path: a data file is not normalised. */
export const consoleText = defineComparator({
  id: "console",
  matches: () => false,
  compare: (before, after, options) =>
    compareConsoleText(decodeConsole(before), decodeConsole(after), options),
});
