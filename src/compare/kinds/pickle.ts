import type { Difference } from "../../model/index.ts";
import {
  defineComparator,
  different,
  maximumDifferences,
  normalised,
  withinTolerance,
  type Result,
} from "../comparator.ts";
import { differenceAt } from "../excerpt.ts";
import { NotPickle, pickleTokens, type PickleToken } from "../formats/pickle-tokens.ts";
import { askedFor, closeBy, type Tolerance } from "../tolerance.ts";

/** Pickles by their opcodes: they are never loaded. Framing, protocol number and memo are encoding. */
export const pickle = defineComparator({
  id: "pickle",
  matches: (path, head) =>
    /\.(?:pkl|pickle|p|joblib)$/iu.test(path) ||
    (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 9) <= 5),
  compare: (before, after, { tolerances }) => {
    try {
      return compareTokens(pickleTokens(before), pickleTokens(after), askedFor(tolerances));
    } catch (error) {
      if (error instanceof NotPickle) return null;
      throw error;
    }
  },
});

function compareTokens(
  before: Generator<PickleToken, undefined>,
  after: Generator<PickleToken, undefined>,
  tolerances: readonly Tolerance[],
): Result {
  const differences: Difference[] = [];
  const needed = new Set<string>();
  let [step, differing, aligned] = [0, 0, true];
  for (;;) {
    const [one, other] = [before.next().value, after.next().value];
    if (one === undefined && other === undefined) break;
    step += 1;
    // Once the steps are not of one kind, later ones no longer face each other: they are walked for soundness alone.
    if (!aligned || isSame(one, other)) continue;
    const id = closeTokens(one, other, tolerances);
    if (id !== null) {
      needed.add(id);
      continue;
    }
    differing += 1;
    aligned = one?.name === other?.name;
    if (differences.length < maximumDifferences) {
      differences.push(
        differenceAt(`step ${step}, byte ${one?.at ?? other?.at ?? 0}`, show(one), show(other)),
      );
    }
  }
  if (differing > 0) {
    return different(
      differences,
      aligned ? `${differing} of ${step} steps differ` : "another structure of steps",
    );
  }
  return needed.size > 0 ? withinTolerance([...needed]) : normalised(["pickle-encoding"]);
}

function isSame(one: PickleToken | undefined, other: PickleToken | undefined): boolean {
  if (one === undefined || other === undefined || one.name !== other.name) return false;
  if (typeof one.value === "string" || typeof other.value === "string") return one.value === other.value;
  return Buffer.compare(one.value, other.value) === 0;
}

function closeTokens(
  one: PickleToken | undefined,
  other: PickleToken | undefined,
  tolerances: readonly Tolerance[],
): string | null {
  if (one === undefined || other === undefined || one.name !== other.name) return null;
  return one.number === null || other.number === null ? null : closeBy(one.number, other.number, tolerances);
}

function show(token: PickleToken | undefined): string {
  if (token === undefined) return "(end)";
  if (token.number !== null) return `${token.name} ${token.number}`;
  if (typeof token.value === "string") return `${token.name} ${token.value}`.trim();
  const start = Buffer.from(token.value.subarray(0, 400));
  return `${token.name} ${token.name === "str" ? JSON.stringify(start.toString("utf8")) : start.toString("hex")}`;
}
