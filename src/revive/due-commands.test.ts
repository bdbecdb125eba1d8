import { expect, test } from "vitest";
import { makeCommand } from "../manifests/index.ts";
import type { Command } from "../model/index.ts";
import { withCommand, type Attempt } from "./attempt.ts";
import { unchangedCommands } from "./due-commands.ts";

const command = (name: string, needs: readonly string[] = []): Command =>
  makeCommand({ name, kind: "run", run: `python ${name}.py`, needs, location: null });

function attemptWith(...commands: readonly Command[]): Attempt {
  const entries = commands.map((one) => ({ given: one.run, command: one, before: [], stands: null }));
  return { entries, asked: [], bounds: [], called: [], folders: [] };
}

test("what a mend changed is run again, with what needs it, and nothing else", () => {
  const before = attemptWith(command("plot"), command("slow"), command("report", ["plot"]));
  const after = withCommand(before, "plot", { env: { MPLBACKEND: "Agg" } });
  expect([...unchangedCommands(before, after)]).toEqual(["slow"]);
  expect([...unchangedCommands(before, before)]).toEqual(["plot", "slow", "report"]);
});
