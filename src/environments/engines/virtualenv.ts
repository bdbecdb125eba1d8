import path from "node:path";
import { runUv } from "../uv/run-uv.ts";
import { runProcess } from "../../system/index.ts";
import { ToolError } from "../../model/index.ts";
import { defineEngine } from "./engine.ts";

/** virtualenv: the interpreter's own where it has the module, else the one that uv fetches from the index. */
export const virtualenvEngine = defineEngine({
  id: "virtualenv",
  async create({ uv, interpreter, prefix, progress }) {
    const own = await runProcess([interpreter.executable, "-I", "-m", "virtualenv", "--version"], {
      cwd: "/",
    });
    if (own.exitCode !== 0) {
      const request = [
        ...forPython(interpreter.version),
        "--quiet",
        "--no-download",
        "--python",
        interpreter.executable,
        prefix,
      ];
      await runUv(uv, ["tool", "run", "--quiet", ...request], { progress, cwd: path.dirname(prefix) });
      return;
    }
    const result = await runProcess([interpreter.executable, "-I", "-m", "virtualenv", "--quiet", prefix], {
      cwd: "/",
    });
    if (result.exitCode !== 0) {
      throw new ToolError(
        "ENVIRONMENT_FAILED",
        `virtualenv failed: ${result.stderr.toString("utf8").trim()}`,
      );
    }
  },
});

/** The last releases that make environments for a Python that later ones know no more. */
function forPython(version: string): readonly string[] {
  const last = version.startsWith("3.6.") ? "20.21.1" : version.startsWith("3.7.") ? "20.26.6" : null;
  return last === null ? ["virtualenv"] : ["--from", `virtualenv==${last}`, "virtualenv"];
}
