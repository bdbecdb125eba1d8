import { ToolError, type Command, type Environment } from "../model/index.ts";
import { environmentOfOwner } from "./environment-choice.ts";
import type { Subject } from "./subject.ts";

/** The project's command of this name. Throws UNKNOWN_COMMAND. */
export function commandNamed(name: string, { project }: Subject): Command {
  const command = project.commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const names = project.commands.map((candidate) => candidate.name);
  throw new ToolError("UNKNOWN_COMMAND", `The project has no command "${name}"`, {
    hint:
      names.length === 0
        ? "It has none at all; name them in rung.toml (rung init)."
        : `It has ${names.join(", ")}.`,
  });
}

/** The environment that the owner runs in, made where there is none. Throws ENVIRONMENT_FAILED. */
export async function madeEnvironment(
  subject: Subject,
  progress: (message: string) => void,
): Promise<Environment> {
  const choice = await environmentOfOwner(subject, progress);
  if (choice.environment !== null) return choice.environment;
  const [finding] = choice.findings;
  throw new ToolError("ENVIRONMENT_FAILED", finding?.message ?? "no environment could be made", {
    hint: finding?.fix ?? "rung check says what is declared.",
  });
}
