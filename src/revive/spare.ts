import { posix } from "node:path";
import { normaliseName } from "../manifests/index.ts";
import type { Need, Project } from "../model/index.ts";
import { joinPath, readText } from "../system/index.ts";
import type { Asked, Attempt } from "./attempt.ts";
import { commandsOf, type Entry } from "./entries.ts";

/** True for what is declared, and neither imported by what runs nor a program that a command calls. */
export function isSpare({ name, origin }: Asked, { called }: Attempt, needs: readonly Need[]): boolean {
  if (origin !== "declared") return false;
  const isNeeded = needs.some(
    ({ distribution, candidates }) => distribution === name || candidates.includes(name),
  );
  return !isNeeded && !called.includes(name);
}

const recipes = /(?:^|\/)(?:GNU)?[Mm]akefile$|(?:^|\/)[Jj]ustfile$|\.(?:mk|sh|bash)$|(?:^|\/)Snakefile$/u;
const largestRecipe = 1 << 20;

/** Every word that the lines of entries call, or the recipes and scripts behind them, as a distribution would be named. */
export function calledWords(project: Project, entries: readonly Entry[]): readonly string[] {
  const lines = entries.flatMap(commandsOf).flatMap(({ kind, run }) => (kind === "notebook" ? [] : [run]));
  const launches = lines.some((line) =>
    /(?:^|[\s;&|])(?:make|just|snakemake|sh|bash)\s|\.sh\b/u.test(`${line} `),
  );
  const texts = launches
    ? project.files
        .filter(({ path, size, kind }) => kind === "file" && recipes.test(path) && size < largestRecipe)
        .map(({ path }) => readText(joinPath(project.root, path)))
    : [];
  const words = [...lines, ...texts].flatMap((text) => text.split(/[\s;&|()$`'"=]+/u));
  return [...new Set(words.map((word) => normaliseName(posix.basename(word))).filter((word) => word !== ""))];
}
