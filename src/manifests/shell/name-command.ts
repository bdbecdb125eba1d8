import type { CommandKind } from "../../model/index.ts";
import { shellWords } from "./shell-words.ts";

/** A name for a command line: its script's stem, the module after -m, make's target, else the program. */
export function nameOfLine(text: string): string {
  const words = shellWords(text).filter((word) => !/^[A-Za-z_]\w*=/u.test(word));
  const script = words.find((word) => /\.(?:py|pyw|sh|bash|ipynb)$/u.test(word));
  const module = words[words.indexOf("-m") + 1];
  const program = baseOf(words[0] ?? "command");
  const target = words.slice(1).find((word) => !word.startsWith("-"));
  const [name = program] =
    script !== undefined
      ? [baseOf(script).replace(/\.\w+$/u, "")]
      : words.includes("-m") && module !== undefined
        ? [module.split(".").at(-1)]
        : /^(?:make|just|snakemake|doit)$/u.test(program) && target !== undefined
          ? [target]
          : [program];
  return plainName(name);
}

/** A name as commands bear them: letters, digits, ".", "_" and "-". */
export function plainName(name: string): string {
  return name.replaceAll(/[^\w.-]+/gu, "-").replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/gu, "") || "command";
}

const baseOf = (path: string): string => path.replace(/^.*[/\\]/u, "");

/** Gives each name once: a second "train" becomes "train-2". */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name}-${count}`;
    taken.add(unique);
    return unique;
  };
}

/** Lines that run a test suite prove the tests, not a result. */
export function kindOfLine(text: string): CommandKind {
  return /(?:^|\s)(?:pytest|py\.test|unittest|nose2?)(?:\s|$)|^make (?:tests?|check)$|manage\.py test/u.test(
    text,
  )
    ? "test"
    : "run";
}

/** The notebook that a line runs in place and does nothing else to; null where it does something else. */
export function notebookOfLine(text: string): string | null {
  const words = shellWords(text);
  const said = words.join(" ");
  if (!/^(?:jupyter[ -]nbconvert|python3? -m nbconvert) /u.test(said) || !words.includes("--execute"))
    return null;
  if (!/ --inplace| --to[ =]notebook/u.test(said) || /--output|--template|--config|[|<>]/u.test(said))
    return null;
  const notebooks = words.filter((word) => word.endsWith(".ipynb"));
  const [notebook] = notebooks;
  return notebooks.length === 1 && notebook !== undefined && !/[*?[]/u.test(notebook) ? notebook : null;
}
