import { findCauses } from "../diagnose/index.ts";
import { freeing } from "./explored.ts";
import type { LabRun } from "./lab/lab.ts";
import type { Series } from "./series/series.ts";
import { vectorOf } from "./series/vector.ts";
import type { Suspect } from "./suspect.ts";

export interface Fixed {
  /** The run with everything fixed. */
  readonly run: LabRun;
  readonly suspects: readonly Suspect[];
  /** Those that cannot be fixed, since the command fails then. */
  readonly unfixable: readonly Suspect[];
}

/** Runs the command with everything fixed. What it cannot bear to have fixed is left free, and named. */
export async function fixAll(series: Series, suspects: readonly Suspect[]): Promise<Fixed | null> {
  const run = await series.under(vectorOf(suspects, [], 0), freeing([]));
  if (run === null) return null;
  if (!run.failed) return { run, suspects, unfixable: [] };
  const gentle = suspects.map(withGentleClock);
  const kinder = await series.under(
    vectorOf(gentle, [], 0),
    "everything fixed, the clock for Python's time alone",
  );
  if (kinder !== null && !kinder.failed) return { run: kinder, suspects: gentle, unfixable: [] };
  const fails = async (ids: readonly string[]): Promise<boolean | null> => {
    const fixed = suspects.filter(({ id }) => ids.includes(id));
    const result = await series.under(vectorOf(fixed, [], 0), `only ${ids.slice(0, 3).join(", ")} fixed`);
    return result?.failed ?? null;
  };
  const { causes } = await findCauses({ suspects, differs: fails, expected: false });
  const culprits = new Set(causes.flat());
  const unfixable = suspects.filter(({ id }) => culprits.has(id));
  const rest = suspects.filter((suspect) => !unfixable.includes(suspect));
  const again = await series.under(vectorOf(rest, [], 0), freeing(unfixable));
  return again === null || again.failed ? null : { run: again, suspects: rest, unfixable };
}

/** The clock in its weaker form: a library that fakes it for all code hangs some programs. */
function withGentleClock(suspect: Suspect): Suspect {
  if (suspect.choose(0).clock === undefined) return suspect;
  const choose: Suspect["choose"] = (choice) => {
    const { clock, control, ...rest } = suspect.choose(choice);
    return { ...rest, control: { ...control, ...(clock === undefined ? {} : { clock }) } };
  };
  return { ...suspect, id: `${suspect.id}-of-python`, choose };
}

/** Says what could not be fixed. */
export function unfixedNotes({ unfixable }: Fixed): readonly string[] {
  return unfixable.map(({ title }) => `Not varied: ${title}: the command fails when it is fixed.`);
}
