import { normaliseName } from "../../src/manifests/index.ts";

/** What scripts/module-names.txt says. */
export interface Names {
  readonly modules: Readonly<Record<string, readonly string[]>>;
  readonly ambiguous: readonly string[];
  readonly same: readonly string[];
}

/** Reads the text; a line that is none of its kinds is an error. */
export function knownNames(text: string): Names {
  const modules: Record<string, readonly string[]> = {};
  const ambiguous: string[] = [];
  const same = new Set<string>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [module = "", sign = "", ...names] = line.trim().split(/\s+/u);
    if (module === "@same") for (const name of [sign, ...names]) same.add(name);
    else if ((sign === "=" || sign === "?") && names.length > 0) {
      const isSame = names.length === 1 && names[0] === normaliseName(module);
      if (isSame && !module.includes(".")) same.add(module);
      else modules[module] = names;
      if (sign === "?") ambiguous.push(module);
    } else throw new Error(`module-names.txt:${index + 1}: ${line}`);
  }
  return { modules, ambiguous, same: [...same] };
}
