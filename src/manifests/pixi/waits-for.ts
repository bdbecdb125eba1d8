import type { Command } from "../../model/index.ts";
import { baseName } from "../manifest-format.ts";
import { readToml } from "../toml/toml-document.ts";
import { tableAt } from "../toml/toml-values.ts";
import { placesOf } from "./places.ts";
import { reachable, taskNeeds } from "./read-tasks.ts";

/** The commands that a task of a pixi.toml or pyproject.toml hands on to, where it has no line of its own (depends-on alone). */
export function commandsOfTask(
  path: string,
  text: string,
  task: string,
  commands: readonly Command[],
): readonly Command[] {
  const at = baseName(path) === "pyproject.toml" ? ["tool", "pixi"] : [];
  const document = readToml(path, text, "pixi-invalid");
  const needs = taskNeeds(document, at, placesOf(tableAt(document.value, ...at)));
  const byName = new Map(commands.map((command) => [command.name, command]));
  return [...reachable(task, needs, byName)].flatMap((name) => byName.get(name) ?? []);
}
