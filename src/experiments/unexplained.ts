import type { Cause, CauseKind, CodePlace, Trace, TracedFile } from "../model/index.ts";
import type { Exploration } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";

/** What remains of a difference when every cause that could be tried was fixed: suspects by name, and words. */
export interface Unexplained {
  readonly suspects: readonly Cause[];
  readonly notes: readonly string[];
}

interface Sign {
  readonly kind: CauseKind;
  readonly seen: (trace: Trace) => boolean;
  /** Where the program's own code brought it in; what it did nowhere itself is named in words alone. */
  readonly place: (trace: Trace) => CodePlace | null;
  readonly words: string;
}

/** What no condition can hold still, and how a trace shows that it was there. */
const signs: readonly Sign[] = [
  {
    kind: "entropy",
    seen: ({ files }) => files.some(isRandomDevice),
    place: ({ files }) => files.find((file) => isRandomDevice(file) && file.at !== null)?.at ?? null,
    words: "it reads random bytes from a device of the system",
  },
  {
    kind: "input-changed",
    seen: ({ files }) => files.some(isKeptOutside),
    place: ({ files }) => files.find((file) => isKeptOutside(file) && file.at !== null)?.at ?? null,
    words:
      "it reads a file outside the project that it writes as well, so that each run finds what another left",
  },
  {
    kind: "network",
    seen: ({ hosts }) => hosts.some(({ how }) => how !== "bind"),
    place: ({ hosts }) => hosts.find(({ how, at }) => how !== "bind" && at !== null)?.at ?? null,
    words: "it asked the network, which may answer otherwise each time",
  },
  {
    kind: "threads",
    seen: ({ threads, processes }) => threads > 0 || processes.length > 1,
    place: () => null,
    words:
      "it ran in several threads or processes, whose order nothing fixes, and what programs other than Python draw is not seen",
  },
];

function isRandomDevice({ path, read }: TracedFile): boolean {
  return read && /^\/dev\/(?:u?random|hwrng)$/u.test(path);
}

function isKeptOutside({ area, read, written }: TracedFile): boolean {
  return area === "outside" && read && written;
}

/** Names the suspects for outputs that differ although everything is fixed. */
export function unexplained(
  { trace, series }: Pick<Inquiry, "trace" | "series">,
  still: readonly string[],
  found: Exploration,
  seen: readonly string[],
): Unexplained {
  const notes: string[] = [];
  if (found.exhausted)
    notes.push(`The ${series.runs} runs allowed were used up before all was tried (--runs allows more).`);
  if (still.length === 0) {
    if (found.causes.length > 0 || found.exhausted || seen.length === 0) return { suspects: [], notes };
    notes.push(
      `${seen.join(", ")} differed between two runs, and in none of the later ones: what made the difference was not found.`,
    );
    return { suspects: [], notes };
  }
  const known = new Set(found.causes.flatMap(({ members }) => members.map(({ kind }) => kind)));
  notes.push(`Still different with everything fixed that can be: ${still.join(", ")}.`);
  const seenNow = signs.filter((sign) => sign.seen(trace) && !known.has(sign.kind));
  const suspects = seenNow.flatMap((sign): Cause[] => {
    const place = sign.place(trace);
    if (place === null) {
      notes.push(`That may be so because ${sign.words}.`);
      return [];
    }
    const experiment = `not confirmed: ${sign.words}, and the outputs differed with all else fixed`;
    const { file, line, cell } = place;
    return [
      { kind: sign.kind, file, line, cell, confirmed: false, experiment, outputs: [...still], mend: null },
    ];
  });
  return { suspects, notes };
}
