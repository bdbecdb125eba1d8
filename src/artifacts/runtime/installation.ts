import { findProgram, lookUp } from "../../system/index.ts";
import { elfOfFile } from "./elf/elf-file.ts";
import { pythonHome, type PythonHome } from "./python/python-home.ts";
import type { RuntimeRequest } from "./runtime-plan.ts";

/** A Python of a system that lies at a folder: this machine, or packages unpacked for another one. */
export interface Installation {
  /** Where the system lies; "" for this machine. */
  readonly root: string;
  readonly home: PythonHome;
  /** LD_LIBRARY_PATH, split. */
  readonly variableFolders: readonly string[];
  /** The file of a program by its name or absolute path; null where there is none. */
  readonly locate: (name: string) => string | null;
}

/** The interpreter of this machine, or why it cannot be packed. */
export function installationHere({ interpreter }: RuntimeRequest): Installation | string {
  if (process.platform !== "linux") return "only the programs of Linux can be packed";
  if (!interpreter.implementation.startsWith("cpython"))
    return `${interpreter.implementation} is not CPython`;
  const home = pythonHome(interpreter);
  const executable = lookUp(interpreter.executable)?.realPath;
  if (home === null || executable === undefined || elfOfFile(executable) === null)
    return `${interpreter.basePrefix} holds no Python that can be read`;
  return {
    root: "",
    home: { ...home, executable },
    variableFolders: (process.env["LD_LIBRARY_PATH"] ?? "")
      .split(/[:;]/u)
      .filter((folder) => folder.startsWith("/")),
    locate: (name) => (name.startsWith("/") ? name : findProgram(name)),
  };
}
