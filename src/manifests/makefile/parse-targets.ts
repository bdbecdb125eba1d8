import { classify, longestLine } from "../shell/classify.ts";
import { splitSegments } from "../shell/shell-words.ts";

export interface MakeTarget {
  readonly name: string;
  readonly line: number;
  readonly prerequisites: readonly string[];
  readonly recipe: readonly string[];
}

const rule = /^([A-Za-z0-9][\w./-]*(?:[ \t]+[A-Za-z0-9][\w./-]*)*)[ \t]*::?(?!=)[ \t]*([^;#]*)(?:;(.*))?/u;
const assignment = /^[ \t]*(?:export[ \t]+|override[ \t]+)*([A-Za-z_]\w*)[ \t]*(?:[:?+]{0,2}=)[ \t]*(.*)$/u;

/** The explicit rules of a Makefile, in its order; pattern rules, includes and conditionals are passed over. */
export function parseTargets(text: string): readonly MakeTarget[] {
  const targets = new Map<string, MakeTarget>();
  const variables = new Map<string, string>();
  let open: readonly string[] = [];
  for (const { line, said } of joinedLines(text)) {
    if (said.startsWith("\t")) {
      for (const name of open) addRecipe(targets, name, [expand(said, variables)]);
      continue;
    }
    const set = assignment.exec(said);
    if (set !== null) {
      variables.set(set[1] ?? "", expand(set[2] ?? "", variables).slice(0, 1000));
      continue;
    }
    const match = rule.exec(expand(said, variables));
    if (match === null) {
      if (/^\S/u.test(said) && !said.startsWith("#")) open = [];
      continue;
    }
    open = (match[1] ?? "").split(/\s+/u);
    const prerequisites = (match[2] ?? "").split(/[\s|]+/u).filter((name) => name !== "");
    for (const name of open) {
      const before = targets.get(name) ?? { name, line, prerequisites: [], recipe: [] };
      targets.set(name, { ...before, prerequisites: [...before.prerequisites, ...prerequisites] });
      if (match[3] !== undefined) addRecipe(targets, name, [match[3]]);
    }
  }
  return [...targets.values()];
}

function addRecipe(targets: Map<string, MakeTarget>, name: string, lines: readonly string[]): void {
  const target = targets.get(name);
  if (target !== undefined) targets.set(name, { ...target, recipe: [...target.recipe, ...lines] });
}

function joinedLines(text: string): readonly { readonly line: number; readonly said: string }[] {
  const lines: { line: number; said: string }[] = [];
  let open: { line: number; said: string } | null = null;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const current: { line: number; said: string } = open ?? { line: index + 1, said: "" };
    const joined: boolean = raw.endsWith("\\");
    const said: string = `${current.said}${joined ? raw.slice(0, -1) : raw}`;
    open = joined ? { line: current.line, said } : null;
    if (!joined) lines.push({ line: current.line, said });
  }
  return lines;
}

/** Simple variables replaced once; what is not known stays as it is. */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$[({]([A-Za-z_]\w*)[)}]/gu, (whole, name: string) => variables.get(name) ?? whole);
}

/** Names of the targets that run something themselves or by what they need. */
export function runningTargets(targets: readonly MakeTarget[]): ReadonlySet<string> {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const running = new Set(
    targets.filter((target) => target.recipe.some(runsSomething)).map((target) => target.name),
  );
  for (let before = -1; before !== running.size;) {
    before = running.size;
    for (const target of byName.values()) {
      if (target.prerequisites.some((name) => running.has(name))) running.add(target.name);
    }
  }
  return running;
}

function runsSomething(recipe: string): boolean {
  if (recipe.length > longestLine) return false;
  const line = recipe.replace(/^[\t @+-]+/u, "").replaceAll(/\$[({](?:PYTHON|PY|python)\w*[)}]/gu, "python");
  const made = line.replaceAll(/\$[({]MAKE[)}]/gu, "make");
  return (
    splitSegments(made).some(({ text }) => classify(text.replace(/^\(|\)$/gu, "")) === "run") ||
    /;\s*do\s+(?:python|papermill|jupyter nbconvert)/u.test(made)
  );
}
