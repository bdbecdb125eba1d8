import { homedir } from "node:os";
import path from "node:path";
import { exists, readText } from "../system/index.ts";

/**
 * The Python that a Jupyter kernel of this name starts on this machine (its kernel.json, jupyter_client's "kernel
 * specs"), looked for where Jupyter does: JUPYTER_PATH, the user's data folder, the prefixes given and the system's.
 * Null where no such kernel is installed, or where it starts a program that it does not name by an absolute path.
 */
export function kernelPython(name: string, prefixes: readonly string[]): string | null {
  if (!/^[\w.-]+$/u.test(name)) return null;
  for (const folder of dataFolders(prefixes)) {
    const file = path.join(folder, "kernels", name, "kernel.json");
    const program = exists(file) ? programIn(readText(file)) : null;
    if (program !== null && path.isAbsolute(program) && exists(program)) return program;
  }
  return null;
}

function dataFolders(prefixes: readonly string[]): readonly string[] {
  const given = (process.env["JUPYTER_PATH"] ?? "").split(path.delimiter);
  const own = process.env["JUPYTER_DATA_DIR"] ?? "";
  const home = homedir();
  const user =
    process.platform === "darwin"
      ? path.join(home, "Library", "Jupyter")
      : path.join(process.env["XDG_DATA_HOME"] ?? path.join(home, ".local", "share"), "jupyter");
  const shared = [...prefixes, "/usr/local", "/usr"].map((prefix) => path.join(prefix, "share", "jupyter"));
  return [...given, own, user, ...shared].filter((folder) => folder !== "");
}

function programIn(text: string): string | null {
  try {
    const { argv } = JSON.parse(text) as { readonly argv?: unknown };
    const [program] = Array.isArray(argv) ? (argv as readonly unknown[]) : [];
    return typeof program === "string" ? program : null;
  } catch {
    return null;
  }
}
