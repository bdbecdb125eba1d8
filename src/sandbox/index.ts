/** Where a command runs: in a fresh copy of its tree, or in a clean room where nothing of the owner's can be seen.
 *  Says what the command did (files, console, exit code, executed notebook); whether that is good is for others to judge. */
export { enterBareRoot } from "./bare-root.ts";
export { loadImage } from "./containers/load-image.ts";
export type { ContainerProcess } from "./containers/container-engine.ts";
export { confineBuilds, unconfinedBuilds } from "./confine.ts";
export { copyTree } from "./copy-tree.ts";
export { mergeConditions } from "./conditions/conditions.ts";
export type { Conditions } from "./conditions/conditions.ts";
export { clockAhead } from "./conditions/launch.ts";
export { executeCommand } from "./execute.ts";
export { digestOf } from "./outputs.ts";
export { runHandedOver } from "./handed-over.ts";
export { hookFiles, hookFolder, installHook } from "./hook.ts";
export { variablesForSeed } from "./seed-variables.ts";
export type { HookProbe, HookSettings } from "./hook.ts";
export { runInPlace, sharedInPlace } from "./in-place.ts";
export { notebookFolder } from "./prepare.ts";
export { roomTreePath } from "./room-plan.ts";
export type { Blobs, RunRequest, RunResult } from "./request.ts";
