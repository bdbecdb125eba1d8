/** Packs: a bundle as one archive, what changed between two of them, and what other tools have packed.
 *  A door of its own, since what it loads is not needed to look at a project. */
export { planBundle } from "../bundle/plan-bundle.ts";
export type { BundlePlan } from "../bundle/plan-bundle.ts";
export type { Bundle } from "../bundle/bundle.ts";
export { programsOf } from "../runtime/programs/programs-of.ts";
export { bareShell } from "../runtime/bare-shell.ts";
export { applyDelta, writeDelta } from "./delta.ts";
export type { WrittenDelta } from "./delta.ts";
export { packFolder, writePack } from "./write-pack.ts";
export type { WrittenPack } from "./write-pack.ts";
export { recognisePack } from "./other-packs/recognise-pack.ts";
