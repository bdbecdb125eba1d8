import {
  commandsOfTask,
  kindOfLine,
  makeCommand,
  nameOfLine,
  plainName,
  shellWords,
  splitSegments,
} from "../manifests/index.ts";
import type { Command, Manifest } from "../model/index.ts";
import { shellLine } from "../system/index.ts";
import { before, manifestsIn, withWords, type Found, type Launch } from "./launch-parts.ts";
import { joinFolder, launchWords, splitFolder } from "./launch-words.ts";
import { launchedScript } from "./launched-script.ts";
import { launchedEntryPoint, launchedRecipe } from "./launched-with-values.ts";

/** One command that a launcher's line stands for, and the sentence that says so. */
export interface LaunchedCommand {
  readonly command: Command;
  readonly sentence: string;
}

export interface LaunchPlace {
  /** The folder that the line runs in, relative to the project's root; "." by default. */
  readonly cwd?: string;
  /** The text of a file of the project; without it a line that gives values to parameters is not resolved. */
  readonly readFile?: (path: string) => string | null;
}

/**
 * The commands behind a line that only launches what a manifest defines: `anaconda-project run`, `conda-project run`,
 * `mlflow run DIR -P a=b`, `pixi run`, `dvc repro`, `just`, and a program of the project's own that an installation makes. In running order, what each needs before it, with parameters
 * filled in, so that they can be run in an environment of ours. `cd DIR && LINE` counts too. Null where the line launches
 * nothing that is known, or does more than that.
 */
export function launchedCommand(
  line: string,
  manifests: readonly Manifest[],
  place: LaunchPlace = {},
): readonly LaunchedCommand[] | null {
  const split = splitFolder(line.trim());
  if (line.length > 4000 || splitSegments(split.line).length !== 1) return null;
  // Output that goes elsewhere is part of what the line does.
  if (/[|<>`&]|\$\(/u.test(split.line.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/gu, ""))) return null;
  const all = shellWords(split.line);
  const start = all.findIndex((word) => !/^[A-Za-z_]\w*=/u.test(word));
  const words = start === -1 ? [] : all.slice(start);
  const launch: Launch = {
    line: split.line,
    words,
    cwd: joinFolder(place.cwd ?? ".", split.cwd),
    env: Object.fromEntries(
      all.slice(0, Math.max(0, start)).map((word) => word.split(/=(.*)/su).slice(0, 2)),
    ),
    manifests,
    readFile: place.readFile ?? (() => null),
  };
  const found = find(launch);
  if (found === null || found.commands.length === 0) return null;
  return found.commands.map((command) => ({
    command: { ...command, env: { ...command.env, ...launch.env } },
    sentence: `\`${launch.line}\` stands for ${found.noun} ${command.name}: ${command.run}`,
  }));
}

function find(launch: Launch): Found | null {
  const [program = "", second = ""] = launch.words;
  if (/^(?:anaconda|conda)-project$/u.test(program) && second === "run")
    return projectCommand(launch, program);
  if (program === "mlflow" && second === "run") return launchedEntryPoint(launch);
  if (program === "pixi" && second === "run") return pixiTask(launch);
  if (program === "dvc" && (second === "repro" || (second === "exp" && launch.words[2] === "run")))
    return stages(launch);
  return program === "just" ? launchedRecipe(launch) : launchedScript(launch);
}

function projectCommand(launch: Launch, program: string): Found | null {
  const valued = /^--(?:directory|env-spec|project|environment|prepare-mode|command)$|^-[ne]$/u;
  const { options, rest } = launchWords(launch.words.slice(2), valued, true);
  const folder = options.find(({ name }) => name === "--directory" || name === "--project")?.value ?? ".";
  const [manifest] = manifestsIn(launch, joinFolder(launch.cwd, folder), [`${program}.yml`]);
  const [name, ...extra] = rest;
  const wanted = name === undefined ? null : plainName(name);
  const command =
    wanted === null
      ? firstCommand(manifest)
      : manifest?.commands.find((candidate) => candidate.name === wanted);
  return command === undefined ? null : { commands: [withWords(command, extra)], noun: "the command" };
}

/** The command named default, else the first one; none where that is a server, which is a finding and no command. */
function firstCommand(manifest: Manifest | undefined): Command | undefined {
  const named = manifest?.commands.find(({ name }) => name === "default");
  const [first] = manifest?.commands ?? [];
  const isBehind = manifest?.findings.some(
    ({ rule, line }) => rule === "command-needs-person" && (line ?? 0) < (first?.location?.line ?? 0),
  );
  return named ?? (isBehind === true ? undefined : first);
}

function pixiTask(launch: Launch): Found | null {
  const valued = /^--(?:environment|manifest-path|frozen-env|color|concurrent-\w+|with|spec)$|^-e$/u;
  const { rest } = launchWords(launch.words.slice(2), valued, true);
  const manifests = manifestsIn(launch, launch.cwd, ["pixi.toml", "pyproject.toml"]);
  const commands = manifests.flatMap((manifest) => manifest.commands);
  const [name, ...extra] = rest;
  if (name === undefined) return null;
  const task = commands.find((command) => command.name === plainName(name));
  if (task === undefined) {
    const handedOn = manifests.flatMap(({ path }) =>
      commandsOfTask(path, launch.readFile(path) ?? "", plainName(name), commands),
    );
    const all = handedOn.flatMap((command) => [...before(command, commands), command]);
    if (all.length > 0) return { commands: [...new Set(all)], noun: "the task" };
    return /[./]|^python/u.test(name) ? plainLine(launch, rest) : null;
  }
  return { commands: [...before(task, commands), withWords(task, extra)], noun: "the task" };
}

/** `pixi run python x.py`: it only enters the environment. */
function plainLine(launch: Launch, words: readonly string[]): Found {
  const run = shellLine(words);
  const command = makeCommand({
    name: nameOfLine(run),
    kind: kindOfLine(run),
    run,
    cwd: launch.cwd,
    location: null,
  });
  return { commands: [command], noun: "the line" };
}

function stages(launch: Launch): Found | null {
  const from = launch.words[1] === "exp" ? 3 : 2;
  const valued = /^(?:-[nSj]|--(?:name|set-param|jobs|glob-pattern|downstream-of))$/u;
  const { options, rest } = launchWords(launch.words.slice(from), valued, false);
  // Parameters set on the line change files that the commands read.
  if (options.some(({ name }) => /^(?:-S|--set-param|-R|--recursive)$/u.test(name))) return null;
  const isAlone = options.some(({ name }) => name === "-s" || name === "--single-item");
  const chosen: Command[] = [];
  for (const target of rest.length === 0 ? [""] : rest) {
    const [, file = "", stage = target] = /^(.*dvc\.yaml)(?::(.*))?$/u.exec(target) ?? [];
    const folder = joinFolder(launch.cwd, file.replace(/[^/]*$/u, "") || ".");
    const commands = manifestsIn(launch, folder, ["dvc.yaml"]).flatMap((manifest) => manifest.commands);
    const name = stage === target && file !== "" ? "" : stage;
    const named = commands.filter((command) => name === "" || command.name === plainName(name));
    const several =
      named.length > 0 ? named : commands.filter((command) => command.name.startsWith(`${plainName(name)}-`));
    if (several.length === 0) return null;
    for (const command of several) chosen.push(...(isAlone ? [] : before(command, commands)), command);
  }
  return { commands: [...new Set(chosen)], noun: "the stage" };
}
