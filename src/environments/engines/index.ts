import type { Engine } from "./engine.ts";
import { uvEngine } from "./uv.ts";
import { venvEngine } from "./venv.ts";
import { virtualenvEngine } from "./virtualenv.ts";

/** Every way to make a virtual environment; a new one is one file and one line here. */
export const engines: readonly Engine[] = [uvEngine, venvEngine, virtualenvEngine];

export function engineOf(id: Engine["id"]): Engine {
  return engines.find((engine) => engine.id === id) ?? uvEngine;
}
