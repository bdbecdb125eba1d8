import { stripVTControlCharacters } from "node:util";
import type { ProcessResult } from "../system/index.ts";
import { readTail } from "../system/index.ts";

const lines = 20;
const bytes = 64 * 1024;

/** The last lines of a text file for people: no colours, no carriage returns. */
export function tailOf(file: string): string {
  return lastLines(readTail(file, bytes));
}

export function lastLines(text: string): string {
  const plain = stripVTControlCharacters(text)
    .split("\n")
    // A progress bar writes over its line: what stands in the end counts.
    .map((line) => line.replace(/\r$/u, "").split("\r").at(-1) ?? "");
  return plain.join("\n").trimEnd().split("\n").slice(-lines).join("\n");
}

/** What became of a process that did not end well, in words; null where there is no more to say than its exit code. */
export function endInWords(result: ProcessResult, timeoutSeconds: number): string | null {
  if (result.timedOut) return `Stopped: it took longer than its time limit of ${timeoutSeconds} s.`;
  const signal = (result.exitCode ?? 0) > 128 ? (result.exitCode ?? 0) - 128 : 0;
  if (signal === 9) return "It was killed (signal 9): the usual reason is that the memory ran out.";
  if (signal === 11) return "It crashed (signal 11, segmentation fault).";
  return null;
}
