import type { Interpreter } from "../../model/index.ts";
import type { Progress } from "../progress.ts";

/** A way to make an empty virtual environment. What goes into it is installed by uv in all of them. */
export interface Engine {
  readonly id: "uv" | "venv" | "virtualenv";
  /** Makes an environment at `prefix`, an empty folder. Throws ToolError ENVIRONMENT_FAILED or TOOL_MISSING. */
  readonly create: (request: {
    readonly uv: string;
    readonly interpreter: Interpreter;
    readonly prefix: string;
    readonly progress: Progress;
  }) => Promise<void>;
}

export const defineEngine = (engine: Engine): Engine => engine;
