export interface Recipe {
  readonly name: string;
  readonly line: number;
  /** Default values by name; null where there is none. "+" and "*" parameters too. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly many: boolean;
  }[];
  readonly needs: readonly string[];
  readonly body: readonly string[];
}

export interface Justfile {
  readonly recipes: readonly Recipe[];
  readonly variables: ReadonlyMap<string, string>;
  /** Alias to recipe. */
  readonly aliases: ReadonlyMap<string, string>;
}

const assignment = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)$/u;
const alias = /^alias\s+([A-Za-z_][\w-]*)\s*:=\s*([A-Za-z_][\w-]*)\s*$/u;
const head = /^@?([A-Za-z_][\w-]*)((?:\s+[^:=\s][^:]*)?)\s*:(?!=)(.*)$/u;
const parameter = /([+*]?)\$?([A-Za-z_][\w-]*)(?:\s*=\s*('[^']*'|"(?:\\.|[^"\\])*"|[^\s'"]+))?/gu;

/** The recipes of a justfile with what they need and run; conditionals, imports and modules are passed over. */
export function parseJustfile(text: string): Justfile {
  const recipes: { -readonly [key in keyof Recipe]: Recipe[key] }[] = [];
  const variables = new Map<string, string>();
  const aliases = new Map<string, string>();
  let open = false;
  for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
    if (line.length > 4000) continue;
    const last = recipes.at(-1);
    if (open && last !== undefined && /^[ \t]+\S/u.test(line)) {
      last.body = [...last.body, line.trim()];
      continue;
    }
    if (line.trim() === "" || line.startsWith("#")) continue;
    open = false;
    const other = alias.exec(line);
    const set = assignment.exec(line);
    if (other !== null) aliases.set(other[1] ?? "", other[2] ?? "");
    else if (set !== null) {
      const value = literal(set[2] ?? "");
      if (value !== null) variables.set(set[1] ?? "", value);
    } else {
      const match = /^(?:set|import|mod)\s/u.test(line) ? null : head.exec(line);
      if (match === null) continue;
      const parameters = [...(match[2] ?? "").matchAll(parameter)].map(([, many, name = "", value]) => ({
        name,
        value: value === undefined ? (many === "*" ? "" : null) : (literal(value) ?? value),
        many: many !== "",
      }));
      const needs = (match[3] ?? "").replace(/#.*$/u, "").replaceAll("&&", " ");
      recipes.push({
        name: match[1] ?? "",
        line: index + 1,
        parameters,
        needs: [...needs.matchAll(/\(\s*([A-Za-z_][\w-]*)[^()]*\)|([A-Za-z_][\w-]*)/gu)].map(
          ([, called, plain]) => called ?? plain ?? "",
        ),
        body: [],
      });
      open = true;
    }
  }
  return { recipes, variables, aliases };
}

function literal(said: string): string | null {
  const [, single, double] = /^(?:'([^']*)'|"((?:\\.|[^"\\])*)")\s*(?:#.*)?$/u.exec(said.trim()) ?? [];
  return (
    single ?? double?.replaceAll(/\\(.)/gu, (_, letter: string) => (letter === "n" ? "\n" : letter)) ?? null
  );
}

/**
 * What a recipe runs as one line, with its parameters and the file's variables filled in; null where something has no
 * value, or the body is a script of its own (`#!`).
 */
export function recipeLine(
  justfile: Justfile,
  recipe: Recipe,
  values: readonly string[] = [],
): string | null {
  if (recipe.body[0]?.startsWith("#!") === true) return null;
  const known = new Map(justfile.variables);
  for (const [index, { name, value, many }] of recipe.parameters.entries()) {
    const given = many ? values.slice(index).join(" ") : values[index];
    const said = given === undefined || given === "" ? value : given;
    if (said === null) return null;
    known.set(name, said);
  }
  let complete = true;
  const lines = joinedLines(recipe.body).map((line) =>
    line.replace(/^[@-]+\s*/u, "").replaceAll(/\{\{\s*([^{}]{1,200}?)\s*\}\}/gu, (whole, name: string) => {
      const value = known.get(name) ?? literal(name);
      if (value === null) complete = false;
      return value ?? whole;
    }),
  );
  const runs = lines.filter((line) => line !== "" && !line.startsWith("#"));
  // Each line runs in a shell of its own, so that a change of folder ends with it.
  const apart = runs.map((line) => (runs.length > 1 && /^cd\s/u.test(line) ? `(${line})` : line));
  return complete ? apart.join(" && ") : null;
}

function joinedLines(body: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const line of body) {
    const before = lines.at(-1);
    if (before?.endsWith("\\") === true) lines[lines.length - 1] = `${before.slice(0, -1)}${line}`;
    else lines.push(line);
  }
  return lines;
}
