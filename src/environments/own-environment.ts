import path from "node:path";
import type { Environment, Interpreter } from "../model/index.ts";
import { exists, isInside, lookUp, readText } from "../system/index.ts";
import { installedPackages, binDirectoryOf, pythonOf, sitePackagesOf } from "./installed-packages.ts";
import { probe } from "./interpreters/probe.ts";

/**
 * The environment that the owner works in: .venv, venv or env in the tree, else the active virtual environment
 * (VIRTUAL_ENV), else the active conda environment (CONDA_PREFIX); null where there is none that works.
 * Nothing of the tree is executed: its interpreter is the installation that it leans on.
 */
export async function ownEnvironment(root: string): Promise<Environment | null> {
  for (const name of [".venv", "venv", "env"]) {
    const found = await environmentAt(path.join(root, name), root, `the project's own environment (${name})`);
    if (found !== null) return found;
  }
  const active = process.env["VIRTUAL_ENV"];
  if (active !== undefined && path.isAbsolute(active)) {
    const found = await environmentAt(active, root, "the active virtual environment");
    if (found !== null) return found;
  }
  const conda = process.env["CONDA_PREFIX"];
  return conda !== undefined && path.isAbsolute(conda) && !isInside(root, conda) ? condaAt(conda) : null;
}

async function environmentAt(prefix: string, root: string, description: string): Promise<Environment | null> {
  const settings = path.join(prefix, "pyvenv.cfg");
  if (!exists(settings) || !exists(pythonOf(prefix))) return null;
  const interpreter = await baseOf(prefix, readText(settings), root);
  return interpreter === null ? null : asEnvironment(prefix, interpreter, description);
}

/** The installation behind an environment: what its python links to, else what pyvenv.cfg calls home. */
async function baseOf(prefix: string, settings: string, root: string): Promise<Interpreter | null> {
  const home = /^home\s*=\s*(.+)$/mu.exec(settings)?.[1]?.trim() ?? "";
  const version = /^version(?:_info)?\s*=\s*(\d+\.\d+)/mu.exec(settings)?.[1] ?? "3";
  const places = [pythonOf(prefix), path.join(home, `python${version}`), path.join(home, "python3")];
  for (const place of places) {
    const real = lookUp(place)?.realPath;
    if (real === undefined || isInside(root, real) || isInside(prefix, real)) continue;
    const probed = await probe(real);
    if (probed !== null) return probed.interpreter;
  }
  return null;
}

async function condaAt(prefix: string): Promise<Environment | null> {
  const probed = await probe(path.join(prefix, "bin", "python"));
  return probed === null ? null : asEnvironment(prefix, probed.interpreter, "the active conda environment");
}

function asEnvironment(prefix: string, interpreter: Interpreter, description: string): Environment {
  const packages = installedPackages(sitePackagesOf(prefix));
  const binDirectory = binDirectoryOf(prefix);
  return { source: "own", prefix, binDirectory, interpreter, digest: null, description, packages };
}

/**
 * The environment at a place that its owner names: the folder of a virtual or conda environment, or of an installation,
 * or its python; null where none is there. `root` is the project's: nothing in it is executed.
 */
export async function environmentIn(place: string, root: string): Promise<Environment | null> {
  const isProgram = lookUp(place)?.isFile === true;
  const prefix = isProgram ? path.dirname(path.dirname(place)) : place;
  const named = await environmentAt(prefix, root, `the environment at ${prefix}`);
  if (named !== null || isInside(root, prefix)) return named;
  if (exists(path.join(prefix, "conda-meta"))) return condaAt(prefix);
  const probed = await probe(isProgram ? place : pythonOf(prefix));
  return probed === null ? null : bareEnvironment(probed.interpreter);
}

/** The interpreter alone, with whatever is installed into it and for the user. */
export async function bareEnvironment(interpreter: Interpreter): Promise<Environment> {
  const probed = await probe(interpreter.executable);
  return {
    source: "interpreter",
    prefix: interpreter.basePrefix,
    binDirectory: path.dirname(interpreter.executable),
    interpreter,
    digest: null,
    description: `Python ${interpreter.version} as it is installed, without an environment`,
    packages: installedPackages(probed?.sitePackages ?? []),
  };
}
