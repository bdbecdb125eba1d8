import path from "node:path";
import type { Interpreter } from "../../../model/index.ts";
import { exists, isDirectory, joinPath, listNames, readText } from "../../../system/index.ts";
import type { BundleManifest } from "../../bundle/bundle-manifest.ts";

/** An installed CPython, as far as packing it needs to know. */
export interface PythonHome {
  readonly executable: string;
  /** "3.11.7" */
  readonly version: string;
  /** "python3.11", as its program and its library's folder are called. */
  readonly name: string;
  /** The folder of its standard library. */
  readonly library: string;
  /** The same relative to the installation, such as "lib/python3.11" or "lib64/python3.11". */
  readonly libraryPath: string;
  readonly origin: BundleManifest["python"]["origin"];
  /** Folders of this machine that its files name: where it lies, and where it was built. Empty for the system's own. */
  readonly traces: readonly string[];
}

/** Folders of the system itself: they say nothing of a machine. */
const neutral = new Set(["/", "/usr", "/usr/local", "/opt", "/install"]);

/** Looks at an installation without running it; null where its standard library is not where a CPython has it. */
export function pythonHome(interpreter: Interpreter): PythonHome | null {
  const { version, basePrefix, implementation } = interpreter;
  const series = version.split(".").slice(0, 2).join(".");
  const name = `python${series}${implementation.endsWith("-freethreaded") ? "t" : ""}`;
  const libraryPath = ["lib", "lib64"]
    .map((folder) => `${folder}/${name}`)
    .find((folder) => exists(joinPath(basePrefix, folder, "os.py")));
  if (libraryPath === undefined) return null;
  const library = joinPath(basePrefix, libraryPath);
  const variables = listNames(library).filter(isBuildVariables);
  const texts = variables.map((file) => readText(joinPath(library, file)));
  const built = texts.flatMap((text) =>
    Array.from(text.matchAll(/'abs_(?:srcdir|builddir)': '([^'\n]+)'/gu), ([, folder]) => folder ?? ""),
  );
  return {
    executable: interpreter.executable,
    version,
    name,
    library,
    libraryPath,
    origin: originOf(basePrefix, texts),
    traces: [...new Set([basePrefix, ...built])]
      .filter((folder) => folder.startsWith("/") && folder.length > 5 && !neutral.has(path.normalize(folder)))
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
  };
}

/** The file of sysconfig that says how Python was built. */
export const isBuildVariables = (file: string): boolean => /^_sysconfigdata[^/]*\.py$/u.test(file);

function originOf(basePrefix: string, variables: readonly string[]): PythonHome["origin"] {
  if (isDirectory(joinPath(basePrefix, "conda-meta"))) return "conda";
  const isStandalone =
    variables.some((text) => text.includes("PYTHON_BUILD_STANDALONE")) ||
    /^cpython-\d+\.\d+\.\d+[^/]*-linux-[^/]+-gnu$/u.test(path.basename(basePrefix));
  return isStandalone ? "standalone" : "closure";
}
