import type { Node } from "web-tree-sitter";
import { plainString } from "./literals.ts";

const launchers =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|os\.(?:system|popen|exec\w+|spawn\w+)|asyncio\.create_subprocess_(?:exec|shell)|runpy\.run_(?:path|module)|exec|pip\.main|pip\._internal\.main|pip\._internal\.cli\.main\.main)$/u;

/** Whether a call starts another program, or runs other code, that its arguments name. */
export function isLauncher(name: string): boolean {
  return launchers.test(name);
}

/** Whether a call adds a folder in which modules are looked for. */
export function addsImportFolder(name: string): boolean {
  return /^(?:sys\.path\.(?:append|insert|extend)|site\.addsitedir)$/u.test(name);
}

/** Literals are short where they name files and programs; longer ones are data. */
const longest = 300;
const most = 40;

/**
 * The plain strings in the arguments of a call, at any depth and in the order of the text. A name that the same text
 * binds to a string, or to a list of strings, stands for these.
 */
export function argumentStrings(call: Node, source: string): readonly string[] {
  const list = call.childForFieldName("arguments");
  if (list === null) return [];
  const strings: string[] = [];
  for (const node of list.descendantsOfType(["string", "identifier"])) {
    if (strings.length >= most) break;
    if (node.type === "identifier") strings.push(...stringsBoundTo(node.text, source));
    else {
      const value = plainString(node, source);
      if (value !== null && value.length <= longest) strings.push(value);
    }
  }
  return strings;
}

function stringsBoundTo(name: string, source: string): readonly string[] {
  if (!/^\w+$/u.test(name)) return [];
  const bound = new RegExp(
    String.raw`^[ \t]*(?:${name}[ \t]*=(?!=)|for[ \t]+${name}[ \t]+in)[ \t]*(\[[^\]]{0,500}\]|\([^)]{0,500}\)|[rRuU]?"[^"\n]*"|[rRuU]?'[^'\n]*')`,
    "mu",
  ).exec(source)?.[1];
  return Array.from(
    bound?.matchAll(/"([^"\\\n]*)"|'([^'\\\n]*)'/gu) ?? [],
    (match) => match[1] ?? match[2] ?? "",
  );
}

/** What the strings given to a launcher say of other code of the project, and whether they install packages. */
export interface Launch {
  /** Paths of Python files and notebooks, as written. */
  readonly scripts: readonly string[];
  /** Modules run by `-m`. */
  readonly modules: readonly string[];
}

export function readLaunch(name: string, strings: readonly string[]): Launch {
  if (name === "runpy.run_module") return { scripts: [], modules: strings.slice(0, 1).filter(isModule) };
  const words = strings.flatMap((text) => text.split(/[\s;&|]+/u));
  const scripts = words.filter((word) => /\.(?:py|ipynb)$/u.test(word));
  // os.path.join("src", "step.py") and Path("src") / "step.py" name the file by its parts.
  const joined = strings.flatMap((text, index) => {
    const before = strings[index - 1] ?? "";
    const isPart = /^[\w.-]+\.(?:py|ipynb)$/u.test(text) && /^[\w.][\w./-]*$/u.test(before);
    return isPart && !/\.(?:py|ipynb)$/u.test(before) ? [`${before}/${text}`] : [];
  });
  const modules = words.filter((word, index) => words[index - 1] === "-m" && isModule(word));
  return { scripts: [...scripts, ...joined], modules };
}

const isModule = (word: string): boolean => /^[A-Za-z_][\w.]*$/u.test(word);

/** The same for a line of a notebook that is a magic or goes to the shell: `%run x.py`, `!python x.py`. */
export function scriptsInLine(line: string): readonly string[] {
  const said =
    /^\s*(?:[\w.,\s]+=\s*)?%{1,2}run\s+(.*)$/su.exec(line)?.[1] ??
    /(?:^|[\s!%;&|])python[\d.]*\s+(.*)$/su.exec(line)?.[1];
  return (said ?? "").split(/[\s;&|'"]+/u).filter((word) => /\.(?:py|ipynb)$/u.test(word));
}
