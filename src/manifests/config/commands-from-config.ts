import type { Command, CommandKind, Config } from "../../model/index.ts";
import type { ConfigPositions } from "./positions.ts";

type CommandConfig = Config["commands"][string];

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of a duration such as 90, "90s", "1.5m" or "2h". */
export function durationSeconds(duration: number | string): number {
  if (typeof duration === "number") return duration;
  const match = /^(\d+(?:\.\d+)?)\s*(s|m|h)?$/u.exec(duration.trim());
  return Number(match?.[1] ?? 0) * (unitSeconds[match?.[2] ?? "s"] ?? 1);
}

/** The declared commands, in the file's order; each scenario follows its command as NAME@SCENARIO. */
export function commandsFromConfig(config: Config, positions: ConfigPositions): readonly Command[] {
  const commands: Command[] = [];
  for (const [name, declared] of Object.entries(config.commands)) {
    const base = oneCommand(name, declared, positions);
    commands.push(base);
    for (const [scenario, { args, env }] of Object.entries(declared.scenarios)) {
      commands.push({
        ...base,
        name: `${name}@${scenario}`,
        run: args === "" ? base.run : `${base.run} ${args}`,
        env: { ...base.env, ...env },
        location: {
          file: positions.file,
          line: positions.lineOf(["commands", name, "scenarios", scenario]),
        },
      });
    }
  }
  return commands;
}

function oneCommand(name: string, declared: CommandConfig, positions: ConfigPositions): Command {
  const kind: CommandKind =
    declared.notebook !== undefined ? "notebook" : declared.test !== undefined ? "test" : "run";
  return {
    name,
    kind,
    run: declared.notebook ?? declared.test ?? declared.run ?? "",
    cwd: declared.cwd,
    env: declared.env,
    timeoutSeconds: durationSeconds(declared.timeout),
    needs: declared.needs,
    outputs: declared.outputs,
    network: declared.network,
    fallback: declared.fallback ?? null,
    origin: "declared",
    location: { file: positions.file, line: positions.lineOf(["commands", name]) },
  };
}
