import { ToolError, type Finding } from "../model/index.ts";

/** A finding as one line: its place first, where one is known. */
export function findingLine({ file, line, message }: Pick<Finding, "file" | "line" | "message">): string {
  const place = file === null ? "" : line === null ? `${file}: ` : `${file}:${line}: `;
  return oneLine(`${place}${message}`);
}

/** What stopped the work, as one line. A fault of ours is said to be one, and does not stop the other projects. */
export function faultLine(error: unknown): string {
  if (error instanceof ToolError) {
    const { code, message, location } = error;
    return `${findingLine({ file: location?.file ?? null, line: location?.line ?? null, message })} [${code}]`;
  }
  return oneLine(`a bug in Rung: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

const longest = 600;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** Whether the package index did not answer: that passes, and is no word on the project. */
export function isWithoutNetwork(error: unknown): boolean {
  return error instanceof ToolError && error.code === "NETWORK_UNAVAILABLE";
}
