import { ToolError, type Command } from "../model/index.ts";

/** The commands so that each comes after those it needs. Throws CONFIG_INVALID for an unknown need or a circle. */
export function inOrder(commands: readonly Command[]): readonly Command[] {
  const byName = new Map(commands.map((command) => [command.name, command]));
  const done = new Set<string>();
  const ordered: Command[] = [];
  const visit = (command: Command, path: readonly string[]): void => {
    if (done.has(command.name)) return;
    if (path.includes(command.name)) {
      throw invalid(
        command,
        `the commands need each other in a circle: ${[...path, command.name].join(" -> ")}`,
      );
    }
    for (const need of command.needs) {
      const needed = byName.get(need);
      if (needed === undefined)
        throw invalid(command, `"${command.name}" needs "${need}", which is no command`);
      visit(needed, [...path, command.name]);
    }
    done.add(command.name);
    ordered.push(command);
  };
  for (const command of commands) visit(command, []);
  return ordered;
}

/** Names of all commands that one needs, directly or not, in running order. */
export function needsOf(command: Command, commands: readonly Command[]): readonly string[] {
  const byName = new Map(commands.map((other) => [other.name, other]));
  const names = new Set<string>();
  const visit = (current: Command): void => {
    for (const need of current.needs) {
      const needed = byName.get(need);
      if (needed === undefined || names.has(need)) continue;
      visit(needed);
      names.add(need);
    }
  };
  visit(command);
  return [...names];
}

function invalid(command: Command, message: string): ToolError {
  return new ToolError("CONFIG_INVALID", `Commands cannot be put in order: ${message}`, {
    hint: "Mend `needs` in rung.toml.",
    ...(command.location === null
      ? {}
      : {
          location: {
            file: command.location.file,
            ...(command.location.line === null ? {} : { line: command.location.line }),
          },
        }),
  });
}
