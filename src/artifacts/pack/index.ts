/** Packs: a bundle as one archive, what changed between two of them, and what other tools have packed.
 *  A door of its own, since what it loads is not needed to look at a project. */
export { planBundle } from "../bundle/plan-bundle.ts";
export type { BundlePlan, BundleRequest } from "../bundle/plan-bundle.ts";
export { foretellPack } from "../bundle/foretell.ts";
export type { PackForecast } from "../bundle/foretell.ts";
export type { Bundle } from "../bundle/bundle.ts";
export { bareShell } from "../runtime/bare-shell.ts";
export type { BareShell } from "../runtime/bare-shell.ts";
export { applyDelta, writeDelta } from "./delta.ts";
export type { WrittenDelta } from "./delta.ts";
export { packFolder, writePack } from "./write-pack.ts";
export type { WrittenPack } from "./write-pack.ts";
export { recognisePack } from "./other-packs/recognise-pack.ts";
export type { OtherPack } from "./other-packs/other-pack.ts";
