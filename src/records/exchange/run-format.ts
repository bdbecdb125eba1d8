import type { Account } from "./account.ts";

/** One format that an observed run is told to other tools in. The same account gives the same text. */
export interface RunFormat {
  readonly id: "ro-crate" | "prov" | "in-toto" | "cyclonedx";
  /** The name that its file usually has. */
  readonly fileName: string;
  /** Text with one newline at its end. Throws ToolError NOTHING_TO_EXPORT where the format asks for what the run lacks. */
  readonly write: (account: Account) => string;
}

export function defineRunFormat(format: RunFormat): RunFormat {
  return format;
}
