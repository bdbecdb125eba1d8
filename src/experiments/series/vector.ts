import type { Run } from "../../model/index.ts";
import type { HookControl } from "../../sandbox/index.ts";
import type { Setup } from "../lab/lab.ts";
import type { Suspect } from "../suspect.ts";

/** A choice for each suspect that an experiment decides on; the others are as the owner has them. */
export type Vector = ReadonlyMap<Suspect, number>;

/** All at rest but those named, which take `choice`. */
export function vectorOf(suspects: readonly Suspect[], changed: readonly Suspect[], choice: number): Vector {
  return new Map(suspects.map((suspect) => [suspect, changed.includes(suspect) ? choice : 0]));
}

/** Names a vector: the same for the same choices. */
export function keyOf(vector: Vector): string {
  return [...vector].map(([{ id }, choice]) => `${id}=${choice}`).sort().join(" ");
}

const uncontrolled: HookControl = {
  random: null,
  entropy: null,
  listing: null,
  clock: null,
  cpuCount: null,
  temporaryNames: null,
  processId: null,
};

/** What a vector sets around the command and in it. Two suspects that set the same variable leave the later one's. */
export function setupOf(vector: Vector, reference: Run | null): Setup {
  const changes = [...vector].map(([suspect, choice]) => suspect.choose(choice));
  const parts = changes.flatMap(({ conditions }) => (conditions === undefined ? [] : [conditions]));
  const controls = changes.flatMap(({ control }) => (control === undefined ? [] : [control]));
  const variables = Object.assign({}, ...parts.map((part) => part.variables ?? {}));
  const laid = changes.some(({ afterReference }) => afterReference === true) && reference !== null;
  return {
    conditions: { ...Object.assign({}, ...parts), variables },
    ...(controls.length === 0 ? {} : { control: Object.assign({}, uncontrolled, ...controls) }),
    ...(laid ? { after: [reference] } : {}),
  };
}
