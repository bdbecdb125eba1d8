import { makeFinding, type Command, type Finding } from "../model/index.ts";
import { lastPlaceInTree } from "./traceback.ts";

const header = "Traceback (most recent call last):";
const longestError = 200;

/**
 * The finding for a command that ended with exit code 0 although a Python error was printed to standard error, which
 * `stderr` is the end of; null where none was. It may be meant so: hence a warning.
 */
export function explainTraceback(command: Command, stderr: string, root: string): Finding | null {
  const start = stderr.lastIndexOf(header);
  if (start < 0) return null;
  const lines = stderr.slice(start + header.length).split("\n");
  const end = lines.findIndex((line, index) => index > 0 && /^\S/u.test(line));
  const error = (end < 0 ? "" : (lines[end] ?? "")).trimEnd().slice(0, longestError);
  const place =
    lastPlaceInTree(lines.slice(0, end < 0 ? lines.length : end).join("\n"), root) ?? command.location;
  return makeFinding(
    "traceback-but-exit-0",
    "warning",
    `${command.name} (${command.run}) ended with exit code 0, but printed a traceback${error === "" ? "" : `: ${error}`}`,
    {
      file: place?.file ?? null,
      line: place?.line ?? null,
      why: "An error that is caught and printed leaves results that are not whole, and nobody is told.",
      fix: "Let the error end the command, or handle it without a traceback if it is meant to happen.",
    },
  );
}
