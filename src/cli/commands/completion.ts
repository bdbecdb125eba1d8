import { ToolError } from "../../model/index.ts";
import { completionScript, shells } from "../completion.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const completion = defineCommand({
  name: "completion",
  arguments: "<shell>",
  options: [],
  examples: [
    'eval "$(rung completion bash)"',
    "rung completion zsh > ~/.zfunc/_rung",
    "rung completion fish | source",
  ],
  json: false,
  async run({ words, console, commands }) {
    const shell = shells.find((known) => known === words[0]);
    if (shell === undefined) {
      throw new ToolError("USAGE", `"${words[0] ?? ""}" is no shell that is known here`, {
        hint: `One of ${shells.join(", ")}.`,
      });
    }
    console.print(await completionScript(shell, commands));
    return exitCodes.met;
  },
});
