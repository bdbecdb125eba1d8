import type { LockTool } from "./lock-tool.ts";
import { pdm } from "./pdm.ts";
import { pipenv } from "./pipenv.ts";
import { poetry } from "./poetry.ts";
import { uv } from "./uv.ts";

export const lockTools: readonly LockTool[] = [uv, poetry, pdm, pipenv];
