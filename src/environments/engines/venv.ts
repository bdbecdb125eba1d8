import { ToolError } from "../../model/index.ts";
import { runProcess } from "../../system/index.ts";
import { defineEngine } from "./engine.ts";

/** The standard library's: `python -m venv`, with the pip (and, before Python 3.12, setuptools) that it brings. */
export const venvEngine = defineEngine({
  id: "venv",
  async create({ interpreter, prefix }) {
    const { exitCode, stdout, stderr, failure } = await runProcess(
      [interpreter.executable, "-I", "-m", "venv", prefix],
      { cwd: "/", timeoutMs: 600_000 },
    );
    if (exitCode === 0) return;
    const said = failure ?? `${stdout.toString("utf8")}${stderr.toString("utf8")}`.trim();
    throw new ToolError("ENVIRONMENT_FAILED", `python -m venv failed: ${said}`, {
      hint: "On Debian and Ubuntu the module is in the package python3-venv; or use the engine uv.",
    });
  },
});
