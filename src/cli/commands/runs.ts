import { renderJson, renderRuns } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const runs = defineCommand({
  name: "runs",
  arguments: "[dir]",
  options: [],
  examples: ["rung runs", "rung runs ../paper --json"],
  json: true,
  async run({ words, console }) {
    const { recordedRuns } = await import("../../records/logs.ts");
    const recorded = recordedRuns(words[0] ?? ".");
    console.print(console.json ? renderJson({ schemaVersion: 1, runs: recorded }) : renderRuns(recorded));
    return exitCodes.met;
  },
});
