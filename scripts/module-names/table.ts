import { normaliseName } from "../../src/manifests/index.ts";
import type { Names } from "./known.ts";
import type { Observed } from "./observed.ts";

/** What is shipped: the names, and apart from them how each was read. */
export interface Table {
  readonly names: {
    readonly generated: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly modules: Readonly<Record<string, readonly string[]>>;
    readonly ambiguous: readonly string[];
    readonly same: readonly string[];
  };
  /** "wheel 6.0.3, 2026-11-21" by "module distribution"; what is not in it was written by hand. */
  readonly read: Readonly<Record<string, string>>;
  /** Lines of the text that the distribution's own files deny. */
  readonly denied: readonly string[];
}

/** Lines of the text win; of what was observed, the distribution in wider use comes first. */
export function makeTable(
  known: Names,
  observed: ReadonlyMap<string, Observed>,
  downloads: ReadonlyMap<string, number>,
  generated: string,
): Table {
  const found = new Map<string, string[]>();
  for (const { name, modules } of observed.values())
    for (const module of modules) found.set(module, [...(found.get(module) ?? []), name]);
  const modules = new Map(Object.entries(known.modules));
  const same = new Set(known.same);
  const ambiguous = new Set(known.ambiguous);
  for (const [module, names] of found) {
    const top = module.split(".")[0] ?? module;
    if (modules.has(module) || same.has(module) || (module !== top && (modules.has(top) || same.has(top))))
      continue;
    const sorted = names.toSorted((a, b) => (downloads.get(b) ?? 0) - (downloads.get(a) ?? 0));
    const [first = "", second] = sorted;
    if (/(?:^|\.)_|__/u.test(module) || (sorted.length > 2 && downloads.size === 0)) continue;
    const isClear = second === undefined || (downloads.get(first) ?? 0) > 10 * (downloads.get(second) ?? 0);
    if (isClear && normaliseName(top) === first && module === top) same.add(module);
    else if (isClear) modules.set(module, [first]);
    else {
      modules.set(module, sorted.slice(0, 4));
      ambiguous.add(module);
    }
  }
  const read: Record<string, string> = {};
  const denied: string[] = [];
  const pairs = [
    ...[...modules].flatMap(([module, names]) => names.map((name) => [module, name] as const)),
    ...[...same].map((module) => [module, normaliseName(module)] as const),
  ];
  for (const [module, name] of sortedBy(pairs, (pair) => pair.join(" "))) {
    const seen = observed.get(name);
    if (seen === undefined || seen.modules.length === 0) continue;
    if (seen.modules.some((one) => isWithin(one, module) || isWithin(module, one)))
      read[`${module} ${name}`] = `${seen.from} ${seen.version}, ${seen.date}`;
    else denied.push(`${module} = ${name}: ${name} ${seen.version} brings ${seen.modules.join(", ")}`);
  }
  const pairsRead = Object.keys(read).length;
  return {
    names: {
      generated,
      counts: {
        modules: modules.size,
        ambiguous: ambiguous.size,
        same: same.size,
        read: pairsRead,
        byHand: pairs.length - pairsRead,
        readFromDistributions: observed.size,
      },
      modules: Object.fromEntries(sortedBy([...modules], ([module]) => module)),
      ambiguous: sortedBy([...ambiguous], (module) => module),
      same: sortedBy([...same], (module) => module),
    },
    read,
    denied,
  };
}

const isWithin = (whole: string, part: string): boolean => part === whole || part.startsWith(`${whole}.`);

function sortedBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
