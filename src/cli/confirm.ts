import { ToolError } from "../model/index.ts";
import type { Console } from "./console.ts";

/** Asks a yes-or-no question. Throws USAGE where nobody can be asked. */
export async function confirm(question: string, console: Console): Promise<boolean> {
  if (!console.interactive) {
    throw new ToolError("USAGE", `${question} There is no terminal to ask at`, {
      hint: "Give --yes to make the changes without asking, or --dry-run to see them only.",
    });
  }
  const prompts = await import("@clack/prompts");
  const answer = await prompts.confirm({ message: question });
  if (!prompts.isCancel(answer)) return answer;
  // Ctrl-C at a question is Ctrl-C.
  process.kill(process.pid, "SIGINT");
  return new Promise(() => {});
}
