import { makeCommand } from "../shell/make-command.ts";
import type { Command } from "../../model/index.ts";
import type { TomlDocument } from "../toml/toml-document.ts";
import { asText, tableAt } from "../toml/toml-values.ts";

/** [project.scripts] and Poetry's scripts: programs that installing the project puts on PATH. */
export function readScripts(path: string, document: TomlDocument): readonly Command[] {
  const commands = new Map<string, Command>();
  for (const at of [
    ["project", "scripts"],
    ["tool", "poetry", "scripts"],
  ]) {
    for (const [name, target] of Object.entries(tableAt(document.value, ...at))) {
      if (asText(target) === null || !/^[A-Za-z0-9][\w.-]*$/u.test(name) || commands.has(name)) continue;
      const location = { file: path, line: document.lineOf([...at, name]) };
      commands.set(name, makeCommand({ name, kind: "run", run: name, location }));
    }
  }
  return [...commands.values()];
}
