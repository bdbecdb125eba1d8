import { runUv } from "../uv/run-uv.ts";
import { defineEngine } from "./engine.ts";

/** uv's own environments: nothing in them but what is declared, no pip and no setuptools. */
export const uvEngine = defineEngine({
  id: "uv",
  async create({ uv, interpreter, prefix, progress }) {
    await runUv(uv, ["venv", "--quiet", "--clear", "--python", interpreter.executable, prefix], { progress });
  },
});
