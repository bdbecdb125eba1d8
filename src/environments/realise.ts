import type { Environment, Interpreter } from "../model/index.ts";
import { sha256, treeState } from "../system/index.ts";
import { bytecodeArguments, compileForOld } from "./compile.ts";
import { moveEditablePaths } from "./editable-paths.ts";
import { engineOf } from "./engines/index.ts";
import type { Engine } from "./engines/engine.ts";
import { binDirectoryOf, installedPackages, pythonOf, sitePackagesOf } from "./installed-packages.ts";
import { madeOnce } from "./made-once.ts";
import { rememberInstalled } from "./module-names/remembered.ts";
import type { Progress } from "./progress.ts";
import { findUv } from "./uv/find-uv.ts";
import { foldersOf, runUv, type Confine } from "./uv/run-uv.ts";

/** Raised when the way in which environments are made changes, so that older ones are not reused. */
const recipe = 2;

export interface Realisation {
  readonly source: "lock" | "spec";
  readonly description: string;
  readonly interpreter: Interpreter;
  readonly engine: Engine["id"];
  /** Everything that decides what is installed, beside interpreter and engine. */
  readonly ingredients: readonly string[];
  /** Arguments to uv after `uv`; `--python PATH` is appended. Null: nothing is to be installed. */
  readonly install: readonly string[] | null;
  /** Where uv reads the owner's settings; none are read where left out. */
  readonly cwd?: string;
  readonly confine?: Confine | undefined;
  /** What `install` reads beside the folder it starts in, and the folder whose own code it may build. */
  readonly reads?: readonly string[];
  readonly builds?: string | null;
  /** Where commands will find the folder that is installed from, if that is elsewhere. */
  readonly moved?: { readonly from: string; readonly to: string } | null;
}

interface Kept {
  readonly packages: Readonly<Record<string, string>>;
  readonly built: readonly string[];
  /** What lay there when it was finished (treeState): whatever was put in or changed since is no part of it. */
  readonly state: string;
}

/** Makes the environment, or finds it in the cache; see madeOnce for what happens when several want it, or one dies. */
export async function realise(wanted: Realisation, progress: Progress): Promise<Environment> {
  const { interpreter, engine, source } = wanted;
  const parts = [recipe, engine, interpreter.version, interpreter.executable, source, ...wanted.ingredients];
  const digest = sha256(JSON.stringify(parts));
  const { folder, value } = await madeOnce<Kept>({
    kind: "environments",
    digest,
    progress,
    make: (prefix) => make(wanted, prefix, progress),
    intact: (prefix, kept) => treeState(prefix) === kept.state,
  });
  await rememberInstalled(folder);
  const built = value.built.length === 0 ? "" : `; built from source here: ${value.built.join(", ")}`;
  return {
    source,
    prefix: folder,
    binDirectory: binDirectoryOf(folder),
    interpreter,
    digest,
    description: `${wanted.description}, Python ${interpreter.version}${built}`,
    packages: value.packages,
  };
}

async function make(wanted: Realisation, prefix: string, progress: Progress): Promise<Kept> {
  const uv = await findUv(progress);
  progress(`making an environment with Python ${wanted.interpreter.version}`);
  await engineOf(wanted.engine).create({ uv, interpreter: wanted.interpreter, prefix, progress });
  let built: readonly string[] = [];
  if (wanted.install !== null) {
    const args = [...wanted.install, ...bytecodeArguments(wanted.interpreter), "--python", pythonOf(prefix)];
    const { stderr } = await runUv(uv, args, {
      progress,
      ...(wanted.cwd === undefined ? {} : { cwd: wanted.cwd }),
      confine: wanted.confine,
      reads: [...foldersOf(wanted.interpreter), ...(wanted.reads ?? [])],
      builds: wanted.builds ?? null,
    });
    built = [...stderr.matchAll(/^\s*Built (\S+)/gmu)].map((match) => match[1] ?? "").sort();
  }
  if (wanted.moved) moveEditablePaths(sitePackagesOf(prefix), wanted.moved);
  await compileForOld(wanted.interpreter, sitePackagesOf(prefix));
  return { packages: installedPackages(sitePackagesOf(prefix)), built, state: treeState(prefix) };
}
