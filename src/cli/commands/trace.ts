import { ToolError } from "../../model/index.ts";
import { printable, renderJson, renderTrace, traceDot, traceGraphText } from "../../report/index.ts";
import { defineCommand, type Invocation } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { version } from "../version.ts";

export const trace = defineCommand({
  name: "trace",
  arguments: "<run> [dir]",
  options: [
    { flags: "--files", description: "every file and line, in place of one screen" },
    { flags: "--graph <format>", description: "files and processes as a graph: dot (Graphviz) or text" },
    {
      flags: "--export <format>",
      description:
        "the run in a format of other tools: ro-crate, prov, in-toto, cyclonedx (what was imported)",
    },
    {
      flags: "-o, --output <file>",
      description: "the file that --export writes; standard output where left out",
    },
    {
      flags: "--with-files",
      description: "with --export ro-crate: the files, too, in a .zip or a new folder",
    },
    { flags: "--force", description: "replace the output where it is there already" },
  ],
  examples: [
    "rung trace train",
    "rung trace 54e57e13 --files",
    "rung trace train ../paper --graph dot",
    "rung trace train --export ro-crate --with-files -o train.zip",
  ],
  json: true,
  async run({ words, options, console }) {
    const [which, directory] = words;
    const graph = options["graph"];
    const usage = { hint: "rung trace RUN [DIR] [--files] [--graph dot|text] [--export FORMAT [-o FILE]]" };
    if (which === undefined) throw new ToolError("USAGE", "Which run?", usage);
    if (graph !== undefined && graph !== "dot" && graph !== "text")
      throw new ToolError("USAGE", "A graph is drawn as dot or as text", usage);
    if (options["export"] !== undefined) return exportTo(which, directory ?? ".", options, console);
    const alone = ["output", "withFiles", "force"].find((name) => options[name] !== undefined);
    if (alone !== undefined) throw new ToolError("USAGE", "What is written is chosen with --export", usage);
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

async function exportTo(
  which: string,
  directory: string,
  options: Invocation["options"],
  console: Invocation["console"],
): Promise<number> {
  const { exportRun, runFormatOf } = await import("../../records/export-run.ts");
  const format = runFormatOf(options["export"]);
  const { run, path, text, files, findings } = await exportRun(directory, which, {
    format,
    output: typeof options["output"] === "string" ? options["output"] : null,
    withFiles: options["withFiles"] === true,
    replace: options["force"] === true,
    toolVersion: version(),
  });
  for (const { severity, message } of findings) console.tell(printable(`${severity}: ${message}\n`));
  if (console.json)
    console.print(
      renderJson({ format: format.id, run, path, files, findings, ...(path === null ? { text } : {}) }),
    );
  else if (path === null) console.print(printable(text ?? ""));
  else {
    const beside = files === 0 ? "" : `, with ${files} ${files === 1 ? "file" : "files"}`;
    console.print(printable(`wrote ${path}: run ${run.slice(0, 8)}${beside}\n`));
  }
  return exitCodes.met;
}
