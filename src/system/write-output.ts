import path from "node:path";
import { ToolError } from "../model/index.ts";
import { exists, readText, writeAtomic } from "./files.ts";

/** Writes a file that the user named. Throws ToolError USAGE where another is there and is not to be replaced. */
export function writeOutput(file: string, text: string, replace: boolean): void {
  if (!replace && exists(file) && readText(file) !== text) {
    throw new ToolError("USAGE", `${file} is there already`, {
      hint: "Name another file, or replace it with --force.",
    });
  }
  writeAtomic(path.resolve(file), text);
}
