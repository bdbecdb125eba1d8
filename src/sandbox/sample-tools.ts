/** For the tests of this room: nbclient and a kernel for the Python on PATH, made once by pip and kept in the cache. */
import { spawnSync } from "node:child_process";
import { cacheDirectory, exists, makeDirectory, removeTree } from "../system/index.ts";
import type { NotebookTools } from "./request.ts";
import { bareEnvironment } from "./sample-request.ts";

/** Null where there is no index to take them from. */
export function sampleTools(): NotebookTools | null {
  const { executable, version, basePrefix } = bareEnvironment().interpreter;
  const folder = cacheDirectory("test-notebook-tools", version);
  const tools = {
    notebookPython: `${folder}/tool/bin/python`,
    kernelOverlay: `${folder}/overlay`,
    readOnlyPaths: [`${folder}/tool`, basePrefix],
  };
  if (exists(`${folder}/complete`)) return tools;
  removeTree(folder);
  const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
  const made =
    run(executable, ["-m", "venv", `${folder}/tool`]) &&
    run(tools.notebookPython, [...pip, "nbclient"]) &&
    run(tools.notebookPython, [...pip, "--target", tools.kernelOverlay, "ipykernel"]);
  if (made) makeDirectory(`${folder}/complete`);
  return made ? tools : null;
}

function run(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}
