import type { Finding } from "../model/index.ts";
import { ownersPath } from "./causes/owners-path.ts";
import { missingData } from "./causes/missing-data.ts";
import { missingKey } from "./causes/missing-key.ts";
import { missingLocalModule } from "./causes/missing-local-module.ts";
import { needsInput } from "./causes/needs-input.ts";
import { needsGpu } from "./causes/needs-gpu.ts";
import { needsNetwork } from "./causes/needs-network.ts";
import { needsVariable } from "./causes/needs-variable.ts";
import { python2 } from "./causes/python-2.ts";
import { recipeFile } from "./causes/recipe-file.ts";
import { systemLibrary } from "./causes/system-library.ts";
import type { Cause } from "./cause.ts";
import type { FailedRun } from "./failed-run.ts";
import { explainFailure } from "./failure.ts";

/** Why a command cannot run, the most certain first. A new cause is one file and one line here. */
export const causes: readonly Cause[] = [
  python2,
  needsInput,
  recipeFile,
  needsVariable,
  missingKey,
  needsGpu,
  systemLibrary,
  missingLocalModule,
  needsNetwork,
  ownersPath,
  missingData,
];

/** The exact cause of a failed run; where none is recognised, what its last words say. */
export function explainCause(failed: FailedRun): Finding {
  const { run, command, project, place } = failed;
  if (!run.timedOut && run.exitCode !== 0) {
    for (const cause of causes) {
      const finding = cause.find(failed);
      if (finding !== null) return finding;
    }
  }
  const told = explainFailure(command, run, project.root);
  if (told === null) throw new Error(`${command.name} did not fail`);
  return place === null ? told : { ...told, file: place.file, line: place.line };
}
