/** One rule of a Snakefile, as far as it can be told without running Python. */
export interface SnakeRule {
  /** "" for a rule without a name. */
  readonly name: string;
  readonly line: number;
  /** Quoted strings of each directive (input, output, shell, script, notebook, conda), joined where Python joins them. */
  readonly directives: ReadonlyMap<string, readonly string[]>;
}

export interface Snakefile {
  readonly rules: readonly SnakeRule[];
  /** configfile, include and the global container or conda lines: their strings with their lines. */
  readonly settings: readonly { readonly key: string; readonly value: string; readonly line: number }[];
}

const ruleHead = /^(?:rule|checkpoint)(?:\s+(\w+))?\s*:\s*(?:#.*)?$/u;
const setting = /^(configfile|include|workdir)\s*:\s*(.*)$/u;
const directive = /^\s+(\w+)\s*:\s*(.*)$/u;
const quoted =
  /[rfbu]{0,2}(?:"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)')/giu;
const keys = new Set([
  "input",
  "output",
  "shell",
  "script",
  "notebook",
  "conda",
  "params",
  "log",
  "run",
  "wrapper",
  "benchmark",
  "threads",
  "resources",
  "message",
  "priority",
  "container",
  "localrule",
  "group",
  "wildcard_constraints",
  "cwl",
  "envmodules",
  "shadow",
  "retries",
  "name",
  "default_target",
  "cache",
  "handover",
  "singularity",
]);

/** Reads rules line by line: a directive ends where the next one, or less indented text, begins. */
export function parseSnakefile(text: string): Snakefile {
  const rules: { name: string; line: number; directives: Map<string, string> }[] = [];
  const settings: { key: string; value: string; line: number }[] = [];
  let open: string | null = null;
  for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
    const head = ruleHead.exec(line);
    if (head !== null) {
      rules.push({ name: head[1] ?? "", line: index + 1, directives: new Map() });
      open = null;
      continue;
    }
    const set = setting.exec(line);
    if (set !== null) {
      for (const value of stringsOf(set[2] ?? ""))
        settings.push({ key: set[1] ?? "", value, line: index + 1 });
    }
    const rule = /^\S/u.test(line) && !line.startsWith("#") ? undefined : rules.at(-1);
    if (rule === undefined) {
      // What stands at the left margin belongs to no rule any more, but for the inside of a long string.
      if (line.trim() !== "" && !isOpenString(rules.at(-1)?.directives.get(open ?? "") ?? "")) open = null;
      else if (open !== null) append(rules.at(-1)?.directives, open, line);
      continue;
    }
    const found = directive.exec(line);
    const key = found?.[1] ?? "";
    if (keys.has(key) && !isOpenString(rule.directives.get(open ?? "") ?? "")) {
      open = key;
      append(rule.directives, key, found?.[2] ?? "");
    } else if (open !== null) append(rule.directives, open, line);
  }
  return {
    rules: rules.map(({ name, line, directives }) => ({
      name,
      line,
      directives: new Map([...directives].map(([key, said]) => [key, stringsOf(said)])),
    })),
    settings,
  };
}

/** Directives longer than this are data. */
const longest = 20_000;

function append(directives: Map<string, string> | undefined, key: string, line: string): void {
  const before = directives?.get(key) ?? "";
  if (before.length < longest) directives?.set(key, before === "" ? line : `${before}\n${line}`);
}

function isOpenString(said: string): boolean {
  return said.split('"""').length % 2 === 0 || said.split("'''").length % 2 === 0;
}

/** The string literals of a Python expression; literals that stand side by side are one string, as in Python. */
function stringsOf(said: string): readonly string[] {
  const strings: string[] = [];
  let end = -1;
  for (const match of said.slice(0, longest).matchAll(quoted)) {
    const value = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
    const between = end === -1 ? "," : said.slice(end, match.index);
    if (/^\s*$/u.test(between)) strings.push(`${strings.pop() ?? ""}${value}`);
    else if (!/#[^\n]*$/u.test(between)) strings.push(value);
    end = match.index + match[0].length;
  }
  return strings;
}
