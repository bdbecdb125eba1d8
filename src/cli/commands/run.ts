import { ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const run = defineCommand({
  name: "run",
  arguments: "<name> [dir]",
  options: [],
  examples: ["rung run train", "rung run train -- --seed 7", "rung run explore ../paper"],
  json: true,
  async run({ words, rest, console }) {
    const [name, directory] = words;
    if (name === undefined)
      throw new ToolError("USAGE", "Which command?", { hint: "rung run NAME [-- ARGS]" });
    const { runHere } = await import("../../levels/index.ts");
    const result = await runHere(
      directory ?? ".",
      name,
      rest,
      console.progress,
      console.json ? "stderr" : "stdout",
    );
    if (console.json) console.print(renderJson(result));
    else if (result.notebook !== null) console.print(printable(`executed notebook: ${result.notebook}\n`));
    if (result.exitCode === 0) return exitCodes.met;
    console.tell(printable(`${result.errorTail}${name} failed (exit code ${result.exitCode ?? "none"})\n`));
    return exitCodes.commandFailed;
  },
});
