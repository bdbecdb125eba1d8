import { ToolError } from "../../model/index.ts";
import { printable, renderJson, renderRunEnd } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { offerSeed } from "../offer-seed.ts";
import { seedOption } from "../seed-option.ts";

export const run = defineCommand({
  name: "run",
  arguments: "<name> [dir]",
  options: [
    { flags: "--seed <number>", description: "seed every generator of random numbers before the code runs" },
    { flags: "--force-seed", description: "generators that the code makes without a seed, too" },
    { flags: "--patch", description: "with --seed: the same as a change to the code, made after asking" },
    { flags: "--yes", description: "with --patch: without asking" },
    { flags: "--no-trace", description: "do not observe what it does" },
    { flags: "--deep", description: "observe programs that are not Python as well, by strace" },
  ],
  examples: [
    "rung run train",
    "rung run train -- --epochs 7",
    "rung run train --seed 7 --force-seed",
    "rung run train --seed 7 --patch",
    "rung run explore ../paper",
  ],
  json: true,
  async run({ words, rest, options, console }) {
    const [name, directory] = words;
    if (name === undefined)
      throw new ToolError("USAGE", "Which command?", { hint: "rung run NAME [-- ARGS]" });
    const seed = seedOption(options);
    for (const given of ["force-seed", "patch"])
      if (seed === null && options[given === "patch" ? "patch" : "forceSeed"] === true)
        throw new ToolError("USAGE", `--${given} needs a seed`, {
          hint: `rung run NAME --seed 7 --${given}`,
        });
    const { runHere } = await import("../../levels/run-here.ts");
    const result = await runHere(directory ?? ".", name, {
      words: rest,
      progress: console.progress,
      output: console.json ? "stderr" : "stdout",
      seed,
      forceSeed: options["forceSeed"] === true,
      trace: options["trace"] !== false,
      deep: options["deep"] === true,
    });
    if (console.json) console.print(renderJson({ ...result.run, findings: result.findings }));
    else if (result.notebook !== null) console.print(printable(`executed notebook: ${result.notebook}\n`));
    if (options["quiet"] !== true) console.remark(renderRunEnd(result.run, result.findings));
    if (options["patch"] === true && seed !== null && result.trace !== null)
      await offerSeed(result.command, result.trace, seed, options["yes"] === true, console);
    if (result.run.exitCode === 0) return exitCodes.met;
    const tail = result.command.kind === "notebook" ? result.run.errorTail : "";
    const { exitCode, signal } = result.run;
    const end = signal === null ? `exit code ${exitCode ?? "none"}` : `ended by ${signal}`;
    // What the command prints is all that standard output gets.
    const { refused } = result;
    const hint =
      refused === null
        ? `rung why ${name} tells the cause where one is known`
        : `${refused.why ?? ""} ${refused.fix ?? ""}`;
    console.remark(printable(`${tail}${name} failed (${end})\n  hint: ${hint}\n`));
    return exitCodes.commandFailed;
  },
});
