import path from "node:path";
import { ToolError } from "../model/index.ts";
import { exists, isDirectory, readText, writeAtomic } from "./files.ts";

/** Writes a file that the user named. Throws ToolError USAGE where a folder, or another file that is not to be replaced, is there. */
export function writeOutput(file: string, text: string, replace: boolean): void {
  if (isDirectory(path.resolve(file))) {
    throw new ToolError("USAGE", `${file} is a folder`, { hint: "Name a file." });
  }
  if (!replace && exists(file) && readText(file) !== text) {
    throw new ToolError("USAGE", `${file} is there already`, {
      hint: "Name another file, or replace it with --force.",
    });
  }
  writeAtomic(path.resolve(file), text);
}
