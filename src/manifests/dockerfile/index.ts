import type { Command, Manifest } from "../../model/index.ts";
import { shellLine } from "../../system/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { classify, longestLine, withoutWrapper } from "../shell/classify.ts";
import { installedByLine } from "../shell/install-line.ts";
import { makeCommand } from "../shell/make-command.ts";
import { kindOfLine, nameOfLine } from "../shell/name-command.ts";
import { shellWords, splitSegments } from "../shell/shell-words.ts";
import { assignments } from "./assignments.ts";
import { imagePython } from "./image-python.ts";
import { lastStage } from "./parse-dockerfile.ts";

import type { Instruction } from "./read-instructions.ts";
import { execWords, runLines } from "./run-lines.ts";

/** Dockerfile: the Python of the base image, and what the container runs where that is no server and no shell. */
export const dockerfile = defineManifestFormat({
  id: "Dockerfile",
  matches: (path) =>
    /^(?:docker|container)file(?:[-._][\w.-]+)?$/iu.test(baseName(path)) &&
    !/\.(?:md|txt|sh|py|j2)$/u.test(path),
  read(path, text) {
    const stage = lastStage(text);
    const command = commandOf(path, stage.instructions);
    const installed = stage.instructions
      .filter(({ name }) => name === "RUN")
      .flatMap(runLines)
      .map(({ text: said, line }) => installedByLine(said, { file: path, line }));
    return makeManifest("Dockerfile", path, {
      python: pythonOf(path, stage.image, stage.line),
      requirements: installed.flatMap(({ requirements }) => requirements),
      systemPackages: installed.flatMap(({ systemPackages }) => systemPackages),
      variables: variablesOf(path, stage.instructions),
      commands: command === null ? [] : [command],
    });
  },
});

function pythonOf(path: string, image: string, line: number | null): Manifest["python"] {
  const specifier = imagePython(image);
  return specifier === null ? null : { specifier, location: { file: path, line } };
}

function commandOf(path: string, instructions: readonly Instruction[]): Command | null {
  const last = (name: string): Instruction | undefined => instructions.findLast((item) => item.name === name);
  const entry = last("ENTRYPOINT");
  const cmd = last("CMD");
  const source = cmd ?? entry;
  if (source === undefined) return null;
  const entryLine = entry === undefined ? "" : lineOf(entry);
  // The shell form of ENTRYPOINT passes CMD over.
  const shellEntry = entry !== undefined && execWords(entry.rest) === null;
  const cmdLine = cmd === undefined || shellEntry ? "" : lineOf(cmd);
  const folder = last("WORKDIR")?.rest.replace(/\/$/u, "") ?? "";
  const copied = instructions
    .filter((item) => item.name === "COPY" || item.name === "ADD")
    .map((item) => shellWords(item.rest));
  const whole = copied.find((words) => words.at(-2) === "." || words.at(-2) === "./")?.at(-1);
  const root = whole === undefined || !whole.startsWith("/") ? folder : whole.replace(/\/$/u, "");
  const said = [entryLine, cmdLine].filter((line) => line !== "").join(" ");
  if (said.length > longestLine) return null;
  const prefix = root === "" ? null : `${root}/`;
  const run = withoutWrapper(prefix === null ? said : said.replaceAll(prefix, ""));
  const kinds = new Set(splitSegments(run).map((segment) => classify(segment.text)));
  if (!kinds.has("run") || kinds.has("manual")) return null;
  const cwd = prefix !== null && `${folder}/`.startsWith(prefix) ? folder.slice(prefix.length) : "";
  return makeCommand({
    name: nameOfLine(run),
    kind: kindOfLine(run),
    run,
    cwd: cwd === "" ? "." : cwd,
    env: environmentOf(instructions),
    location: { file: path, line: source.line },
  });
}

function lineOf(instruction: Instruction): string {
  const words = execWords(instruction.rest);
  return words === null ? instruction.rest : shellLine(words);
}

/** ENV as the last stage sets it, where the value needs nothing of the image. */
function environmentOf(instructions: readonly Instruction[]): Readonly<Record<string, string>> {
  return Object.fromEntries(variablesOf("", instructions).map(({ name, value }) => [name, value ?? ""]));
}

function variablesOf(file: string, instructions: readonly Instruction[]): Manifest["variables"] {
  const values = new Map<string, Manifest["variables"][number]>();
  for (const { name: key, value, line } of instructions.flatMap(assignments)) {
    if (
      !value.includes("$") &&
      !value.startsWith("/") &&
      !/^(?:PATH|PIP_|UV_|DEBIAN_|CONDA_|POETRY_)/u.test(key)
    )
      values.set(key, { name: key, value, location: { file, line } });
  }
  return [...values.values()];
}
