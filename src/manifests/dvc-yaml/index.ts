import { makeFinding, type Command, type Finding } from "../../model/index.ts";
import {
  baseName,
  defineManifestFormat,
  folderOf,
  makeManifest,
  resolvePath,
  type ReadContext,
} from "../manifest-format.ts";
import { declareCommand } from "../shell/declare-command.ts";
import { plainName } from "../shell/name-command.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";
import { readYaml } from "../yaml/yaml-document.ts";
import { fillIn, type DvcValues } from "./interpolate.ts";
import { mergeTables, readParams, readVars } from "./read-values.ts";
import { stagesOf, type DvcStage } from "./stages.ts";

/** DVC's pipelines: a command for each stage, after those whose outputs it reads. https://dvc.org/doc/user-guide/project-structure/dvcyaml-files */
export const dvcYaml = defineManifestFormat({
  id: "dvc.yaml",
  matches: (path) => baseName(path) === "dvc.yaml",
  read(path, text, context) {
    const document = readYaml(path, text, "dvc-invalid");
    const params = readParams(path, "params.yaml", context);
    const values = mergeTables(params, readVars(path, document.value["vars"], context));
    const stages = stagesOf(document, values).map((stage) => readStage(path, stage, values, context));
    const makers = new Map(stages.flatMap(({ name, outs }) => outs.map((out) => [out, name] as const)));
    const commands = stages.flatMap((stage): readonly Command[] => {
      const needs = new Set(stage.deps.flatMap((dep) => makersOf(dep, makers)));
      needs.delete(stage.name);
      return stage.commands.map((command) => ({ ...command, needs: [...needs] }));
    });
    const missing = stages.flatMap((stage) => missingDeps(path, stage, makers, context));
    return makeManifest("dvc.yaml", path, {
      commands,
      findings: [...document.findings, ...stages.flatMap(({ findings }) => findings), ...missing],
    });
  },
});

interface ReadStage {
  readonly name: string;
  readonly line: number | null;
  readonly deps: readonly string[];
  readonly outs: readonly string[];
  readonly commands: readonly Command[];
  readonly findings: readonly Finding[];
}

function readStage(path: string, stage: DvcStage, values: DvcValues, context: ReadContext): ReadStage {
  const { said, line } = stage;
  const known = mergeTables(mergeTables(values, readVars(path, said["vars"], context)), stage.own);
  const unknown: string[] = [];
  const fill = (text: string): string => {
    const filled = fillIn(text, known);
    unknown.push(...filled.missing);
    return filled.text;
  };
  const folder = resolvePath(folderOf(path), fill(asText(said["wdir"]) ?? ".")) ?? "";
  const pathsOf = (...keys: readonly string[]): readonly string[] =>
    keys
      .flatMap((key) => pathNames(said[key]))
      .map((name) => resolvePath(folder, fill(name)))
      .filter((name) => name !== null);
  const lines = [said["cmd"], ...asArray(said["cmd"])].filter((cmd) => typeof cmd === "string").map(fill);
  const outs = pathsOf(
    "outs",
    "outs_no_cache",
    "outs_persist",
    "metrics",
    "metrics_no_cache",
    "plots",
    "plots_no_cache",
  );
  const deps = pathsOf("deps");
  const name = plainName(stage.name);
  const location = { file: path, line };
  const declared =
    lines.length === 0 || unknown.length > 0
      ? { commands: [], findings: [] }
      : declareCommand({
          name,
          run: lines.join(" && "),
          cwd: folder === "" ? "." : folder,
          outputs: outs,
          location,
        });
  const findings =
    unknown.length === 0
      ? []
      : [
          makeFinding(
            "parameter-without-value",
            "warning",
            `stage ${stage.name} names ${[...new Set(unknown)].join(", ")}, which no file of parameters holds`,
            { ...location, why: "dvc refuses the whole file until each has a value" },
          ),
        ];
  return { name, line, deps, outs, ...declared, findings: [...declared.findings, ...findings] };
}

/** Entries of a list that are a path, or a path with its options; a table of paths likewise. */
function pathNames(value: unknown): readonly string[] {
  return [value, ...asArray(value)].flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.keys(asTable(entry)),
  );
}

/** The stages that make a path, something in it, or a folder that it lies in. */
function makersOf(dep: string, makers: ReadonlyMap<string, string>): readonly string[] {
  return [...makers].flatMap(([out, name]) =>
    out === dep || dep.startsWith(`${out}/`) || out.startsWith(`${dep}/`) ? [name] : [],
  );
}

/** Dependencies that no stage makes, that are not there and that DVC does not hold either. */
function missingDeps(
  path: string,
  stage: ReadStage,
  makers: ReadonlyMap<string, string>,
  context: ReadContext,
): readonly Finding[] {
  return stage.deps
    .filter((dep) => makersOf(dep, makers).length === 0 && !context.exists(dep) && !isTracked(dep, context))
    .map((dep) =>
      makeFinding("dependency-missing", "error", `stage ${stage.name} needs ${dep}, which is not there`, {
        file: path,
        line: stage.line,
        why: "dvc repro stops there, and so does the stage's command where it reads the file",
        fix: "put the file into the project, or name the one that is meant",
      }),
    );
}

function isTracked(dep: string, context: ReadContext): boolean {
  const parts = dep.split("/");
  return parts.some((_, index) => context.exists(`${parts.slice(0, index + 1).join("/")}.dvc`));
}
