import { makeFinding, type Finding, type Manifest } from "../../model/index.ts";
import { mergeDependencies, noDependencies } from "../conda/read-dependencies.ts";
import { readEnvironment } from "../environment-yml/index.ts";
import {
  baseName,
  defineManifestFormat,
  folderOf,
  makeManifest,
  resolvePath,
  type ReadContext,
} from "../manifest-format.ts";
import { makeCommand } from "../shell/make-command.ts";
import { shellQuote } from "../../system/index.ts";
import { parseSnakefile, type SnakeRule } from "./parse-rules.ts";

/**
 * Snakefile: the workflow as one command, `snakemake`, that leaves what its first rule asks for; the requirements of the
 * environment files that rules name by `conda:`. Read without running its Python. https://snakemake.readthedocs.io
 */
export const snakefile = defineManifestFormat({
  id: "Snakefile",
  matches: (path) => /^[Ss]nakefile$|\.smk$/u.test(baseName(path)),
  read(path, text, context) {
    const { rules, settings } = parseSnakefile(text);
    const environments = readEnvironments(path, rules, context);
    const findings = settings.flatMap(({ key, value, line }) => {
      const base = key === "include" ? folderOf(path) : rootOf(path);
      const file = resolvePath(base, value);
      const isThere = file === null || /[{*]|:\/\//u.test(value) || context.exists(file);
      return key === "workdir" || isThere ? [] : [notThere(path, line, key, value)];
    });
    const [first] = rules;
    const isWhole = /^[Ss]nakefile$/u.test(baseName(path));
    const known = isDefaultPlace(path) ? "" : ` --snakefile ${shellQuote(path)}`;
    const conda = environments.files.length > 0 ? " --use-conda" : "";
    const command =
      first === undefined || !isWhole
        ? []
        : [
            makeCommand({
              name: "snakemake",
              kind: "run",
              run: `snakemake --cores 1${conda}${known}`,
              outputs: targetsOf(first, rootOf(path)),
              location: { file: path, line: first.line },
            }),
          ];
    return makeManifest("Snakefile", path, {
      ...environments.dependencies,
      indexes: environments.indexes,
      commands: command,
      findings: [...environments.dependencies.findings, ...findings],
    });
  },
});

/** Where snakemake looks by itself: the root, and workflow/. */
const isDefaultPlace = (path: string): boolean => /^(?:workflow\/)?[Ss]nakefile$/u.test(path);
const rootOf = (path: string): string => (isDefaultPlace(path) ? "" : folderOf(path));

/** What the first rule asks for, or makes where it asks for nothing; names with wildcards left out. */
function targetsOf(rule: SnakeRule, folder: string): readonly string[] {
  const asked = rule.directives.get("input") ?? [];
  const made = rule.directives.get("output") ?? [];
  return (asked.length > 0 ? asked : made)
    .filter((name) => /^[\w./-]*[\w-]\.\w+$/u.test(name))
    .flatMap((name) => resolvePath(folder, name) ?? []);
}

interface Environments {
  readonly files: readonly string[];
  readonly dependencies: ReturnType<typeof mergeDependencies>;
  readonly indexes: Manifest["indexes"];
}

/** The rules' environment files. Where there are several, each one's requirements are a group of its name. */
function readEnvironments(path: string, rules: readonly SnakeRule[], context: ReadContext): Environments {
  const named = new Map<string, number>();
  for (const { directives, line } of rules) {
    for (const file of directives.get("conda") ?? []) {
      const resolved = /\.ya?ml$/u.test(file) ? resolvePath(folderOf(path), file) : null;
      if (resolved !== null && !named.has(resolved)) named.set(resolved, line);
    }
  }
  const findings: Finding[] = [];
  const read = [...named].flatMap(([file, line]) => {
    const text = context.readFile(file);
    if (text === null) findings.push(notThere(path, line, "conda", file));
    const group = named.size === 1 ? "" : baseName(file).replace(/\.ya?ml$/u, "");
    return text === null ? [] : [readEnvironment(file, text, context, group)];
  });
  const merged = read.length === 0 ? noDependencies : mergeDependencies(read);
  return {
    files: [...named.keys()],
    dependencies: { ...merged, findings: [...merged.findings, ...findings] },
    indexes: read.flatMap(({ indexes }) => indexes),
  };
}

function notThere(file: string, line: number, key: string, value: string): Finding {
  return makeFinding("dependency-missing", "error", `${key} names ${value}, which is not there`, {
    file,
    line,
    why: "snakemake stops there",
    fix: "put the file into the project, or name the one that is meant",
  });
}
