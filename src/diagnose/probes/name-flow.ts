import type { ProbeSite } from "./site.ts";

/**
 * Whether an expression reads, by name, what an earlier one of the same file gave or changed:
 * `open(path) as file` and `for line in file`, with the expressions between them whose values were given a name as well.
 */
export function flowsInto(from: ProbeSite, to: ProbeSite, sites: readonly ProbeSite[]): boolean {
  const names = new Set(from.gives === null ? from.changes : [from.gives, ...from.changes]);
  if (names.size === 0 || from.file !== to.file) return false;
  for (const site of sites) {
    if (site.file !== from.file || site.id === from.id || !readsOneOf(site, names)) continue;
    if (site.id === to.id) return true;
    if (site.gives !== null) names.add(site.gives);
  }
  return false;
}

function readsOneOf({ reads }: ProbeSite, names: ReadonlySet<string>): boolean {
  return Array.from(names).some((name) => {
    for (let at = reads.indexOf(name); at >= 0; at = reads.indexOf(name, at + 1)) {
      const [before = "", after = ""] = [reads[at - 1], reads[at + name.length]];
      if (!/[\w.]/u.test(before) && !/\w/u.test(after)) return true;
    }
    return false;
  });
}
