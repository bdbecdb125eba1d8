import { makeFinding, type Finding, type Location, type Manifest } from "../../model/index.ts";
import { readEnvironment } from "../environment-yml/index.ts";
import {
  baseName,
  defineManifestFormat,
  folderOf,
  makeManifest,
  resolvePath,
  type ReadContext,
} from "../manifest-format.ts";
import { readPythonEnv } from "../python-env/index.ts";
import { declareCommand } from "../shell/declare-command.ts";
import { asTable, asText } from "../toml/toml-values.ts";
import { readYaml, type YamlDocument } from "../yaml/yaml-document.ts";
import { entryLine, readEntryPoints } from "./entry-points.ts";

/** MLflow's MLproject: entry points with parameters, and the environment that they need. https://mlflow.org/docs/latest/projects.html */
export const mlproject = defineManifestFormat({
  id: "MLproject",
  matches: (path) => /^MLproject$/iu.test(baseName(path)),
  read(path, text, context) {
    const document = readYaml(path, text, "mlproject-invalid");
    const environment = readItsEnvironment(path, document, context);
    const commands = readEntryPoints(document).map((entry) => {
      const location = { file: path, line: entry.line };
      const filled = entryLine(entry, new Map());
      if (filled.missing.length > 0) {
        return { commands: [], findings: [withoutDefault(entry.name, filled.missing, location)] };
      }
      const cwd = folderOf(path).replace(/\/$/u, "") || ".";
      return declareCommand({ name: entry.name, run: filled.line, cwd, location });
    });
    return makeManifest("MLproject", path, {
      projectName: asText(document.value["name"]),
      requirements: environment?.requirements ?? [],
      constraints: environment?.constraints ?? [],
      python: environment?.python ?? null,
      indexes: environment?.indexes ?? [],
      commands: commands.flatMap((found) => found.commands),
      findings: [
        ...document.findings,
        ...commands.flatMap((found) => found.findings),
        ...dockerFinding(path, document),
      ],
    });
  },
});

function withoutDefault(name: string, missing: readonly string[], location: Location): Finding {
  return makeFinding(
    "parameter-without-default",
    "warning",
    `the entry point ${name} needs ${missing.join(", ")}, and nothing says with which value it was run`,
    { ...location, why: "a machine cannot know the value", fix: "give each parameter a default" },
  );
}

/** What conda_env or python_env names, read as that kind. */
function readItsEnvironment(path: string, document: YamlDocument, context: ReadContext): Manifest | null {
  for (const [key, read] of [
    ["conda_env", readEnvironment],
    ["python_env", readPythonEnv],
  ] as const) {
    const named = resolvePath(folderOf(path), asText(document.value[key]) ?? "");
    const text = named === null || named === "" ? null : context.readFile(named);
    if (named !== null && text !== null) return read(named, text, context);
  }
  return null;
}

function dockerFinding(file: string, document: YamlDocument): readonly Finding[] {
  const image = asText(asTable(document.value["docker_env"])["image"]);
  if (image === null) return [];
  return [
    makeFinding("environment-in-image", "info", `its commands run in the container image ${image}`, {
      file,
      line: document.lineOf(["docker_env"]),
      why: "what the image holds is not said here",
    }),
  ];
}
