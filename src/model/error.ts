/** Every fault that stops Rung's own work. Each code has a page in docs/errors/. */
export const toolErrorCodes = [
  "CONFIG_INVALID",
  "DISK_FULL",
  "DOWNLOAD_FAILED",
  "ENGINE_FAILED",
  "ENVIRONMENT_FAILED",
  "IMAGE_UNREADABLE",
  "INTERPRETER_MISSING",
  "ISOLATION_UNAVAILABLE",
  "LOCK_FAILED",
  "NETWORK_UNAVAILABLE",
  "NO_COMMANDS",
  "NOTHING_TO_ARCHIVE",
  "NOTHING_TO_EXPORT",
  "PATH_UNREADABLE",
  "PROJECT_NOT_FOUND",
  "REGISTRY_FAILED",
  "STORE_BUSY",
  "STORE_CORRUPT",
  "TOOL_MISSING",
  "UNKNOWN_COMMAND",
  "UNKNOWN_RUN",
  "UNSAFE_ARCHIVE",
  "USAGE",
] as const;

export type ToolErrorCode = (typeof toolErrorCodes)[number];

export interface ToolErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
  readonly location?: { readonly file: string; readonly line?: number };
}

/** A fault that stops our work and that the user can do something about; anything else thrown is our bug. */
export class ToolError extends Error {
  override readonly name = "ToolError";
  readonly code: ToolErrorCode;
  readonly hint: string | undefined;
  readonly location: ToolErrorDetails["location"];

  constructor(code: ToolErrorCode, message: string, details: ToolErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.location = details.location;
  }
}
