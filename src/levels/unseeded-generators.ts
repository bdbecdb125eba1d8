import { makeFinding, type CodePlace, type Finding, type Trace } from "../model/index.ts";
import { joinPath, lookUp, readText } from "../system/index.ts";

/** Code that makes a generator object of its own. */
const makesOne =
  /\b(?:Random|default_rng|RandomState|Generator|PCG64\w*|MT19937|Philox|SFC64|SeedSequence|from_non_deterministic_state|get_global_generator)\s*\(|\.seed\s*\(\s*\)/u;

/**
 * Where a run drew random numbers that no stated seed set: draws from shared generators, and generators that the code
 * makes. Those that libraries make for themselves are left out, and so is a place where `--force-seed` gave a seed.
 */
export function unseededGenerators(trace: Trace): readonly Finding[] {
  return trace.generators
    .filter(({ unseededUse }) => unseededUse)
    .flatMap(({ generator, seeds, unseeded }) => {
      const stated = new Set(
        seeds.flatMap(({ value, at }) => (value === null || at === null ? [] : keyOf(at))),
      );
      const places = unseeded.flatMap(({ at }) => (at === null || stated.has(keyOf(at)) ? [] : at));
      const isObject = generator.includes(".") && generator !== "numpy.random";
      // Torch, and what draws in C, moves without saying where.
      if (!isObject && unseeded.length === 0) return [drawnSomewhere(generator, trace.command)];
      return isObject
        ? places.filter((at) => isMadeAt(at, trace.root)).map((at) => madeWithout(generator, at))
        : places.map((at) => drawnWithout(generator, at));
    });
}

const keyOf = ({ file, line, cell }: CodePlace): string => `${file}:${cell ?? ""}:${line}`;

/** Whether the line itself makes a generator. Of a notebook's cells that cannot be told here: they count. */
function isMadeAt({ file, line, cell }: CodePlace, root: string): boolean {
  if (cell !== null) return true;
  const found = lookUp(joinPath(root, file));
  if (found?.isFile !== true) return false;
  return makesOne.test(readText(found.realPath).split("\n")[line - 1] ?? "");
}

function madeWithout(generator: string, at: CodePlace): Finding {
  return finding(
    "generator-without-seed",
    `a ${generator} is made here without a seed`,
    "Give it a seed where it is made.",
    at,
  );
}

function drawnWithout(generator: string, at: CodePlace): Finding {
  return finding(
    "unseeded-use",
    `${generator} is drawn from here, and no stated seed set it`,
    "Seed it with a number of your choice before the first draw.",
    at,
  );
}

function drawnSomewhere(generator: string, command: string): Finding {
  return makeFinding("unseeded-use", "warning", `${generator} is drawn from, and no stated seed set it`, {
    why: "Each run draws other numbers; that two runs agree may be luck.",
    fix: `Seed it with a number of your choice before the first draw (rung why ${command} finds the line that draws).`,
  });
}

function finding(rule: string, message: string, fix: string, { file, line, cell }: CodePlace): Finding {
  // In a notebook a line counts within its cell, and is none of the file's.
  const within = cell === null ? "" : ` (cell ${cell}, line ${line})`;
  return makeFinding(rule, "warning", `${message}${within}`, {
    file,
    line: cell === null ? line : null,
    why: "Each run draws other numbers; that two runs agree may be luck.",
    fix,
  });
}
