import { isInstallation } from "./installations.ts";
import { scriptsInLine } from "./launches.ts";

/** What IPython understands and Python does not: magics, shell lines and help, replaced so that a Python parser reads
 *  the cell with the same number of lines. */
export interface PlainCell {
  /** Python alone, line for line. */
  readonly source: string;
  /** Names that magics bind: `%%capture out`. */
  readonly defines: readonly string[];
  /** True where a magic may bind any name: `%pylab`, `%run script.py`. */
  readonly bindsAnything: boolean;
  /** Installations, with the line in the cell, counted from 1. */
  readonly installs: readonly { readonly line: number; readonly text: string }[];
  /** Python files and notebooks that a magic or a shell line runs, with the line in the cell. */
  readonly scripts: readonly { readonly line: number; readonly path: string }[];
}

/** Magics that run the rest of their line, or of their cell, as Python in the notebook's own names. */
const runsPython = new Set([
  "time",
  "timeit",
  "prun",
  "memit",
  "capture",
  "lprun",
  "mprun",
  "debug",
  "snakeviz",
]);
/** Magics that bind no name and run no Python. */
const harmless = new Set(
  "matplotlib config load_ext reload_ext unload_ext autoreload env set_env cd pwd ls ll mkdir rmdir cp mv rm cat more man less head alias unalias who whos who_ls history hist pip conda mamba uv precision pprint xmode doctest_mode colors automagic autosave autocall lsmagic magic quickref watermark version_information psearch pinfo pinfo2 psource pfile pdoc pdef page notebook logstart logstop logon logoff logstate bookmark dhist dirs popd pushd sx system gui killbgscripts nbagg javascript js html HTML latex markdown svg SVG bash sh script writefile file perl ruby cmd powershell python python2 python3 pypy tensorboard reset_selective unload nb_black black aimport skip vega_plot mermaid".split(
    " ",
  ),
);

/** Reads one cell as IPython would cut it up. */
export function plainCell(source: string): PlainCell {
  const defines: string[] = [];
  const installs: { line: number; text: string }[] = [];
  const scripts: { line: number; path: string }[] = [];
  const noteLine = (text: string, line: number): void => {
    if (isInstallation(text)) installs.push({ line, text: text.trim() });
    for (const path of scriptsInLine(text)) scripts.push({ line, path });
  };
  const done = (text: string, bindsAnything: boolean): PlainCell => ({
    source: text,
    defines,
    bindsAnything,
    installs,
    scripts,
  });
  let text = source.replaceAll(/\r\n?/gu, "\n");
  let wild = false;
  let cellMagic = /^\s*%%\s*([\w.-]+)([^\n]*)/u.exec(text);
  while (cellMagic !== null) {
    const [whole, name = "", rest = ""] = cellMagic;
    if (!runsPython.has(name)) {
      if (/^(?:bash|sh|script|system|sx|cmd|powershell|run|conda|pip|!)$/u.test(name))
        for (const [index, line] of text.split("\n").entries()) noteLine(line, index + 1);
      defines.push(...boundByOptions(rest));
      return done(text.replaceAll(/[^\n]+/gu, ""), !harmless.has(name) && !/^(R|sql|bigquery)$/u.test(name));
    }
    if (name === "capture")
      defines.push(...(/^\s*(?:--\S+\s+)*([A-Za-z_]\w*)/u.exec(rest)?.slice(1, 2) ?? []));
    const setup = name === "timeit" ? withoutOptions(rest) : "";
    text = blank(whole.replace(/[^\n]*$/u, "")) + setup + text.slice(whole.length);
    cellMagic = /^\s*%%\s*([\w.-]+)([^\n]*)/u.exec(text);
  }
  if (!/[%!?]/u.test(text)) return done(dedent(text), wild);
  const lines = dedent(text).split("\n");
  const state = { depth: 0, quote: "" };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const isStart = state.depth === 0 && state.quote === "" && !continues(lines[index - 1]);
    const magic = isStart ? readMagicLine(line) : null;
    if (magic === null) {
      scan(line, state);
      continue;
    }
    let whole = line;
    lines[index] = magic.python;
    for (let next = index; continues(whole) && next + 1 < lines.length;) {
      next += 1;
      whole = `${whole.replace(/\\\s*$/u, "")} ${lines[next]?.trim() ?? ""}`;
      lines[next] = "";
    }
    noteLine(whole, index + 1);
    if (magic.rest !== null) defines.push(...boundByOptions(magic.rest));
    wild ||= magic.wild;
    scan(lines[index] ?? "", state);
  }
  return done(lines.join("\n"), wild);
}

interface MagicLine {
  readonly python: string;
  readonly rest: string | null;
  readonly wild: boolean;
}

function readMagicLine(line: string): MagicLine | null {
  const assigned = /^(\s*[\w.,\s[\]"']+?=\s*)([!%])\s*([\w.-]*)([^\n]*)$/u.exec(line);
  if (assigned !== null && !/[<>=!]\s*=\s*$/u.test(assigned[1] ?? ""))
    return { python: `${assigned[1] ?? ""}None`, rest: null, wild: false };
  const indent = /^\s*/u.exec(line)?.[0] ?? "";
  const body = line.slice(indent.length);
  const pass = `${indent}pass`;
  if (body.startsWith("!") || /^\?{1,2}\s*[\w.*%]/u.test(body))
    return { python: pass, rest: null, wild: false };
  const help = /^%{0,2}([\w.*[\]"'()]+)\s*\?{1,2}\s*;?\s*(#.*)?$/u.exec(body);
  if (help !== null) return { python: pass, rest: null, wild: false };
  const magic = /^%\s*([\w.-]+)(.*)$/su.exec(body);
  if (magic === null) return body.startsWith("%") ? { python: pass, rest: null, wild: true } : null;
  const [, name = "", rest = ""] = magic;
  if (runsPython.has(name) && name !== "debug" && name !== "capture") {
    const statement = withoutOptions(rest);
    return { python: statement === "" ? pass : indent + statement, rest: null, wild: false };
  }
  const isKnown = harmless.has(name) || /^(R|sql|bigquery)$/u.test(name);
  return { python: pass, rest, wild: !isKnown };
}

/** Names that options bind: `-o name` of %R, `--out name` of %%bash, `name <<` of %sql. */
function boundByOptions(rest: string): string[] {
  const options = Array.from(rest.matchAll(/(?:^|\s)(?:-o|--out|--err|--output)[ =](\w+(?:,\w+)*)/gu));
  const names = options.flatMap((match) => (match[1] ?? "").split(","));
  const redirected = /([A-Za-z_]\w*)\s*<</u.exec(rest)?.[1];
  return redirected === undefined ? names : [...names, redirected];
}

function withoutOptions(rest: string): string {
  return rest.trim().replace(/^(?:-[a-zA-Z]+(?:\s*\d+|\s+[\w.]+(?=\s))?\s+)*/u, "");
}

const blank = (text: string): string => text.replaceAll(/[^\n]+/gu, "");

const continues = (line: string | undefined): boolean => line !== undefined && /\\\s*$/u.test(line);

/** IPython accepts a cell that is indented as a whole. */
function dedent(text: string): string {
  const first = /^(?:[ \t]*(?:#[^\n]*)?\n)*([ \t]+)\S/u.exec(text)?.[1];
  if (first === undefined) return text;
  return text
    .split("\n")
    .map((line) => (line.startsWith(first) ? line.slice(first.length) : line))
    .join("\n");
}

/** Carries open brackets and triple quotes over one line of Python. */
function scan(line: string, state: { depth: number; quote: string }): void {
  for (let at = 0; at < line.length; at += 1) {
    if (state.quote !== "") {
      const end = line.indexOf(state.quote, at);
      if (end === -1) return;
      at = end + state.quote.length - 1;
      state.quote = "";
      continue;
    }
    const char = line.charAt(at);
    if (char === "#") return;
    if ("([{".includes(char)) state.depth += 1;
    else if (")]}".includes(char)) state.depth = Math.max(0, state.depth - 1);
    else if (char === '"' || char === "'") {
      const triple = char.repeat(3);
      if (line.startsWith(triple, at)) {
        state.quote = triple;
        at += 2;
      } else at = endOfString(line, at, char);
    }
  }
}

function endOfString(line: string, start: number, quote: string): number {
  for (let at = start + 1; at < line.length; at += 1) {
    if (line.charAt(at) === "\\") at += 1;
    else if (line.charAt(at) === quote) return at;
  }
  return line.length;
}
