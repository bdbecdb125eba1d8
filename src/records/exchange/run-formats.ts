import { roCrate } from "./ro-crate.ts";
import type { RunFormat } from "./run-format.ts";

export const runFormats: readonly RunFormat[] = [roCrate];
