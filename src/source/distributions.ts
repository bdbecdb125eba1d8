import table from "./distribution-names.json" with { type: "json" };

const known = new Map<string, readonly string[]>(Object.entries(table));

/**
 * The distributions that may provide a module, likeliest first, their names normalised as PEP 503 says. `module` is as
 * imported ("sklearn.linear_model"); the longest known prefix counts. What the table does not know is taken to have the
 * name of its top-level module.
 */
export function distributionCandidates(module: string): readonly string[] {
  const parts = module.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const found = known.get(parts.slice(0, length).join("."));
    if (found !== undefined) return found;
  }
  return [(parts[0] ?? module).replaceAll(/[-_.]+/gu, "-").toLowerCase()];
}
