import { shellTokens, type ShellToken } from "./shell-tokens.ts";

/** What a shell does itself. */
const builtins = new Set(
  `. : [ alias bg break case cd command continue declare do done echo elif else esac eval exec exit export false fg fi for
  function getopts hash if in jobs kill let local popd printf pushd pwd read readonly return select set shift shopt source
  test then times trap true type typeset ulimit umask unalias unset until wait while { } ! [[ time`.split(
    /\s+/u,
  ),
);

/** Words behind which a command begins. */
const openers = new Set([
  "if",
  "then",
  "elif",
  "else",
  "while",
  "until",
  "do",
  "!",
  "{",
  "time",
  "exec",
  "command",
  "eval",
]);

/** Programs that start what their words name. */
const starters =
  /^(?:env|nohup|nice|ionice|xargs|sudo|timeout|stdbuf|setsid|taskset|srun|mpirun|mpiexec|xvfb-run|watch|chrt|unbuffer|strace)$/u;
const shells = /^(?:sh|bash|dash|ash|ksh|zsh)$/u;
const mostDepth = 8;

/** What a text of shell commands starts: names of programs as they are written, and scripts handed to a shell. */
export interface Started {
  readonly programs: ReadonlySet<string>;
  readonly scripts: ReadonlySet<string>;
}

/**
 * The words of shell text that stand where a command's name does, in substitutions and behind `env`, `xargs` and their
 * like too. Shell builtins are left out, and so is what a variable names.
 */
export function startedBy(text: string): Started {
  const programs = new Set<string>();
  const scripts = new Set<string>();
  collect(text, { programs, scripts }, 0);
  return { programs, scripts };
}

interface Found {
  readonly programs: Set<string>;
  readonly scripts: Set<string>;
}

function collect(text: string, found: Found, depth: number): void {
  if (depth > mostDepth) return;
  for (const inner of substitutions(text)) collect(inner, found, depth + 1);
  for (const words of simpleCommands(shellTokens(text))) takeCommand(words, found, depth);
}

/** The texts in $( ) and ` `, which a shell runs wherever they stand but in single quotes. */
function substitutions(text: string): readonly string[] {
  const inner: string[] = [];
  const open: number[] = [];
  let tick: number | null = null;
  for (const { 0: piece, index } of text.matchAll(/'[^'\n]*'|\\[\s\S]|\$\(|[()`]/gu)) {
    if (piece === "$(") open.push(index + 2);
    else if (piece === "(" && open.length > 0) open.push(-1);
    else if (piece === ")") {
      const start = open.pop();
      if (start !== undefined && start >= 0 && open.length === 0) inner.push(text.slice(start, index));
    } else if (piece === "`") {
      if (tick !== null) inner.push(text.slice(tick, index));
      tick = tick === null ? index + 1 : null;
    }
  }
  return inner;
}

function simpleCommands(tokens: readonly ShellToken[]): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let isFile = false;
  for (const token of tokens) {
    if (token.kind === "redirection") isFile = true;
    else if (token.kind === "end") {
      commands.push(words);
      words = [];
      isFile = false;
    } else if (isFile) isFile = false;
    else words.push(token.text);
  }
  return [...commands, words].filter((one) => one.length > 0);
}

function takeCommand(all: readonly string[], found: Found, depth: number): void {
  const start = all.findIndex((word) => !openers.has(word) && !isAssignment(word));
  if (start === -1) return;
  const [name = "", ...rest] = all.slice(start);
  if (builtins.has(name) || !/^[\w./+@~-]+$/u.test(name)) {
    if (name === "." || name === "source") takeScript(rest[0], found);
    return;
  }
  found.programs.add(name);
  const called = name.slice(name.lastIndexOf("/") + 1);
  if (shells.test(called)) {
    const isLine = rest.findIndex((word) => /^-[a-z]*c$/u.test(word));
    if (isLine >= 0) collect(rest[isLine + 1] ?? "", found, depth + 1);
    else
      takeScript(
        rest.find((word) => !word.startsWith("-")),
        found,
      );
  } else if (starters.test(called)) {
    const at = rest.findIndex((word) => !/^-|^\d+(?:\.\d+)?[smhd]?$/u.test(word) && !isAssignment(word));
    if (at >= 0 && depth < mostDepth) takeCommand(rest.slice(at), found, depth + 1);
  } else if (name.includes("/") && !name.startsWith("/")) takeScript(name, found);
  const executed = rest.findIndex((word) => word === "-exec" || word === "-execdir");
  if (called === "find" && executed >= 0) takeCommand(rest.slice(executed + 1), found, depth + 1);
}

const isAssignment = (word: string): boolean => /^[A-Za-z_]\w*=/u.test(word);

function takeScript(script: string | undefined, { scripts }: Found): void {
  if (script !== undefined && /^[^$*?]+$/u.test(script)) scripts.add(script);
}
