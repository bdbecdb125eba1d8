import { heaviestPart } from "./heaviest-part.ts";

/** Something that may make runs differ. */
export interface Suspected {
  readonly id: string;
  /** How likely it is, beside the others: more is likelier. Above 0. */
  readonly weight: number;
}

export interface SearchRequest {
  readonly suspects: readonly Suspected[];
  /**
   * Whether a run with these suspects changed, and all others at rest, differs from one with all at rest. Must answer
   * alike each time; null where no further run may be made.
   */
  readonly differs: (changed: readonly string[]) => Promise<boolean | null>;
  /** True where runs were seen to differ, so that a cause among the suspects is to be expected. */
  readonly expected: boolean;
}

export interface SearchResult {
  /** The smallest sets that were shown to make a difference; most have one member. */
  readonly causes: readonly (readonly string[])[];
  /** Whether a run with every other suspect changed was the same as one with all at rest. */
  readonly restIsClean: boolean;
  /** True where the runs ran out before the search ended. */
  readonly exhausted: boolean;
}

/** Thrown inside a search whose runs ran out; never leaves this file. */
class Exhausted extends Error {}

type Test = (changed: readonly Suspected[]) => Promise<boolean>;

/**
 * Finds every smallest set of suspects that makes runs differ: several independent causes each by itself, and those that
 * only act together as one set. Adaptive group testing with a bisection by weight, so that one likely cause among n takes
 * one or two runs and any cause about log2 n; sets as in QuickXplain (Junker 2004). Supposes that what makes a difference
 * goes on making one when more is changed.
 */
export async function findCauses({ suspects, differs, expected }: SearchRequest): Promise<SearchResult> {
  const test = remembering(differs);
  const causes: (readonly string[])[] = [];
  let left = [...suspects].sort((one, other) => other.weight - one.weight);
  try {
    for (let first = true; ; first = false) {
      const found = await nextCause(left, test, first && expected);
      if (found === null) return { causes, restIsClean: true, exhausted: false };
      causes.push(found.map(({ id }) => id));
      left = left.filter((suspect) => !found.includes(suspect));
    }
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    return { causes, restIsClean: false, exhausted: true };
  }
}

/** The same question is asked once. */
function remembering(differs: SearchRequest["differs"]): Test {
  const known = new Map<string, boolean>([["", false]]);
  return async (changed) => {
    const ids = changed.map(({ id }) => id).sort();
    const key = ids.join("\0");
    const answer = known.get(key) ?? (await differs(ids));
    if (answer === null) throw new Exhausted();
    known.set(key, answer);
    return answer;
  };
}

async function nextCause(
  left: readonly Suspected[],
  test: Test,
  expected: boolean,
): Promise<readonly Suspected[] | null> {
  // Where a difference is expected, the likeliest are tried before all together: that saves a run where the guess holds.
  const guess = expected ? await single(left, test) : null;
  if (guess !== null) return [guess];
  return (await test(left)) ? isolate(left, [], test) : null;
}

/**
 * The one suspect of `among` that makes a difference alone, supposing that there is one: each half is tried at most
 * once, and what remains is taken on trust until it is alone. Null where that suspect makes none.
 */
async function single(
  among: readonly Suspected[],
  test: Test,
  background: readonly Suspected[] = [],
): Promise<Suspected | null> {
  let within = among;
  for (;;) {
    const [only] = within;
    if (only === undefined) return null;
    if (within.length === 1) return (await test([...background, only])) ? only : null;
    const part = heaviestPart(within);
    within = (await test([...background, ...part]))
      ? part
      : within.filter((suspect) => !part.includes(suspect));
  }
}

/** A smallest part of `among` that makes a difference together with `background`, where all of it does. */
async function isolate(
  among: readonly Suspected[],
  background: readonly Suspected[],
  test: Test,
): Promise<readonly Suspected[]> {
  if (background.length > 0 && (await test(background))) return [];
  if (among.length <= 1) return among;
  const alone = await single(among, test, background);
  if (alone !== null) return [alone];
  const part = heaviestPart(among);
  const rest = among.filter((suspect) => !part.includes(suspect));
  const ofRest = await isolate(rest, [...background, ...part], test);
  const ofPart = await isolate(part, [...background, ...ofRest], test);
  return [...ofPart, ...ofRest];
}
