import { ToolError } from "../../model/index.ts";
import { renderJson, renderTrace, traceDot, traceGraphText } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const trace = defineCommand({
  name: "trace",
  arguments: "<run> [dir]",
  options: [
    { flags: "--files", description: "every file and line, in place of one screen" },
    { flags: "--graph <format>", description: "files and processes as a graph: dot (Graphviz) or text" },
  ],
  examples: ["rung trace train", "rung trace 54e57e13 --files", "rung trace train ../paper --graph dot"],
  json: true,
  async run({ words, options, console }) {
    const [which, directory] = words;
    const graph = options["graph"];
    const usage = { hint: "rung trace RUN [DIR] [--files] [--graph dot|text]" };
    if (which === undefined) throw new ToolError("USAGE", "Which run?", usage);
    if (graph !== undefined && graph !== "dot" && graph !== "text")
      throw new ToolError("USAGE", "A graph is drawn as dot or as text", usage);
    const { storedTrace } = await import("../../trace/index.ts");
    const stored = storedTrace(directory ?? ".", which);
    if (console.json) console.print(renderJson(stored.trace));
    else if (graph === "dot") console.print(traceDot(stored.trace));
    else if (graph === "text") console.print(traceGraphText(stored.trace));
    else
      console.print(
        renderTrace(stored.trace, stored.run, { paint: console.paint, files: options["files"] === true }),
      );
    return exitCodes.met;
  },
});
