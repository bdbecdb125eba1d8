import { posix } from "node:path";
import type { Subject } from "../levels/index.ts";
import { writeConfig } from "../manifests/index.ts";
import { makeFinding, type Change, type Command, type Finding } from "../model/index.ts";
import { exists, joinPath, readText } from "../system/index.ts";
import type { Prepared } from "./attempt.ts";
import { commandsOf } from "./entries.ts";
import type { RevivedGroup } from "./revive-group.ts";

/** The rung.toml that says how the entries were run; where there is one, what is to be changed in it by hand. */
export function liftConfig(
  { project }: Pick<Subject, "project">,
  { folder, attempt }: RevivedGroup,
  { environment }: Prepared,
): { readonly change: Change | null; readonly findings: readonly Finding[] } {
  const path = folder === "" ? "rung.toml" : `${folder}/rung.toml`;
  const place = joinPath(project.root, path);
  const python = /^\d+\.\d+/u.exec(environment.interpreter.version)?.[0] ?? null;
  const commands = attempt.entries.flatMap(commandsOf).map((command) => seenFrom(folder, command));
  if (!exists(place) && (folder !== "" || project.configFile === null)) {
    const name = folder === "" ? project.name : posix.basename(folder);
    const after = writeConfig({ name, python, target: project.config.target, commands });
    return {
      change: { path, before: null, after, why: "the commands and the Python that they ran with" },
      findings: [],
    };
  }
  const file = folder === "" ? (project.configFile ?? path) : path;
  const mended = commands.filter((command) => isMended(command, project.commands));
  const findings = mended.map((command) =>
    makeFinding(
      "command-mended",
      "warning",
      `${command.name} runs as ${JSON.stringify(settingsOf(command))}`,
      {
        file,
        line: command.location?.line ?? null,
        fix: `Say so in [commands.${command.name}] of ${file}.`,
      },
    ),
  );
  if (file !== "rung.toml" || project.config.python !== undefined || python === null)
    return { change: null, findings };
  const before = readText(place);
  return {
    change: { path, before, after: `python = "${python}"\n${before}`, why: "the Python that it ran with" },
    findings,
  };
}

/** A command of the root as one of a folder below it. */
function seenFrom(folder: string, command: Command): Command {
  if (folder === "") return command;
  if (command.kind === "notebook") {
    const cwd = command.cwd === "." ? "." : within(folder, command.cwd) || "./";
    return { ...command, run: posix.relative(folder, command.run), cwd, location: null };
  }
  return { ...command, cwd: within(folder, command.cwd) || ".", location: null };
}

const within = (folder: string, path: string): string => posix.relative(folder, posix.normalize(path));

function isMended(command: Command, known: readonly Command[]): boolean {
  const before = known.find(({ name }) => name === command.name);
  return before !== undefined && JSON.stringify(settingsOf(before)) !== JSON.stringify(settingsOf(command));
}

const settingsOf = ({ run, cwd, env }: Command): object => ({ run, cwd, env });
