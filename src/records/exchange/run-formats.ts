import { cyclonedx } from "./cyclonedx.ts";
import { inToto } from "./in-toto.ts";
import { prov } from "./prov.ts";
import { roCrate } from "./ro-crate.ts";
import type { RunFormat } from "./run-format.ts";

export const runFormats: readonly RunFormat[] = [roCrate, prov, inToto, cyclonedx];
