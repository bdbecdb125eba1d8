import type { FileFrom } from "../../read/image-files.ts";

/** A blob that a registry is to have. */
export interface Sendable {
  /** For people. */
  readonly name: string;
  readonly digest: string;
  readonly size: number;
  /** From its start. */
  open(): FileFrom;
  /** Other repositories that may have it, "HOST/NAME". */
  readonly mayBeIn?: readonly string[];
}
