import {
  perturbations,
  perturbedMachine,
  type Perturbation,
  type PerturbationContext,
} from "../diagnose/index.ts";
import type { CauseKind, Trace } from "../model/index.ts";
import { calledKinds } from "./called-kinds.ts";
import type { Lab } from "./lab/lab.ts";
import { mentionedKinds } from "./mentioned-kinds.ts";
import { withoutImports } from "./own-touches.ts";
import type { Suspect } from "./suspect.ts";
import { touchedPlaces } from "./touched-places.ts";

export interface Suspects {
  readonly suspects: readonly Suspect[];
  /** What cannot be varied for this command here, and why. */
  readonly notHere: readonly string[];
}

/** What is drawn anew at each run: two may agree by chance where it has few outcomes, or by the sandbox (process ids). */
const drawn: ReadonlySet<CauseKind> = new Set([
  "random-seed",
  "entropy",
  "hash-seed",
  "memory-address",
  "process-id",
]);

/** How often each is the cause, roughly; 1 where not named. */
const commonness: Partial<Record<CauseKind, number>> = {
  "random-seed": 6,
  "hash-seed": 4,
  clock: 4,
  entropy: 3,
  "directory-order": 2,
};

/** What may make runs of the lab's command differ, weighed by what the observed run touched. */
export async function suspectsOf(
  lab: Lab,
  trace: Trace,
  which: (perturbation: Perturbation) => boolean,
): Promise<Suspects> {
  const own = withoutImports(trace, lab.subject.project.root);
  const context: PerturbationContext = {
    command: lab.command,
    scope: "copy",
    network: true,
    declared: lab.declaredVariables,
    inherited: lab.inheritedVariables,
    trace: own,
    machine: await perturbedMachine(),
  };
  const called = new Set([...calledKinds(lab.subject), ...mentionedKinds(lab.subject)]);
  const suspects: Suspect[] = [];
  const notHere: string[] = [];
  for (const perturbation of perturbations.filter(which)) {
    const reason = perturbation.notHere?.(context) ?? null;
    if (reason === null) suspects.push(suspectOf(perturbation, context, { own, all: trace }, called));
    else notHere.push(`${perturbation.title}: ${reason}`);
  }
  return { suspects, notHere };
}

function suspectOf(
  perturbation: Perturbation,
  context: PerturbationContext,
  { own, all }: { readonly own: Trace; readonly all: Trace },
  called: ReadonlySet<CauseKind>,
): Suspect {
  const { id, kind, title, varies, choices, fixed, freed } = perturbation;
  const touched = perturbation.touched?.(own) ?? null;
  const places = touchedPlaces(kind, own);
  // What libraries alone touched while they were imported may matter, and hardly ever does.
  const wasTouched = touched === false && perturbation.touched?.(all) !== false;
  const seen = wasTouched ? 0.2 : touched === false ? 0.02 : places.length > 0 ? 6 : touched === true ? 2 : 1;
  const likelihood = seen * (called.has(kind) && id === kind ? 4 : 1);
  return {
    id,
    kind,
    title,
    varies,
    choices,
    touched: wasTouched ? null : touched,
    places,
    fixed,
    freed,
    weight: (commonness[kind] ?? 1) * likelihood,
    drawn: drawn.has(kind),
    followsOthers: perturbation.followsOthers === true,
    mayFail: perturbation.mayFail === true,
    choose: (choice) => perturbation.apply(choice, context),
  };
}
