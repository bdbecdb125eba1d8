import { basename } from "node:path";
import { thisLockPlatform } from "../../lock/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import { lookUp } from "../../system/index.ts";
import { librariesOpenedByName, localeMembers, unservedLibrary, zoneMembers } from "./c-library.ts";
import { elfOfFile } from "./elf/elf-file.ts";
import { closureOf } from "./libraries/closure.ts";
import { libraryFolders } from "./libraries/library-folders.ts";
import { librarySearch, type Binary } from "./libraries/library-search.ts";
import { wheelNeeds } from "./libraries/wheel-needs.ts";
import { packPython } from "./pack-python.ts";
import { packProgram } from "./programs/pack-program.ts";
import { pythonHome } from "./python/python-home.ts";
import type { RuntimePlan, RuntimeRequest } from "./runtime-plan.ts";
import { runtimeTree } from "./runtime-tree.ts";

/**
 * The part "runtime" of a bundle: an interpreter with its standard library, the programs that are asked for, and every
 * shared library that they need, the loader and the C library included. Nothing is run for it: what a file needs is read
 * from the file, and looked for as the loader would (never ldd, which runs what it looks at).
 * The same installation gives the same bytes, whatever the umask, the locale, the order of folders, and, as far as
 * compiled files allow, the folder that Python lies in. Throws ToolError PATH_UNREADABLE for a file that cannot be read.
 */
export async function planRuntime(request: RuntimeRequest): Promise<RuntimePlan> {
  if (request.platform !== thisLockPlatform())
    return notBuilt(`no Python for ${request.platform} is to be had here`);
  return planHere(request);
}

function planHere({ interpreter, programs, wheelLibraries, progress }: RuntimeRequest): RuntimePlan {
  if (process.platform !== "linux") return notBuilt("only the programs of Linux can be packed");
  if (!interpreter.implementation.startsWith("cpython"))
    return notBuilt(`${interpreter.implementation} is not CPython`);
  progress(`reading what Python ${interpreter.version} needs`);
  const home = pythonHome(interpreter);
  const path = lookUp(interpreter.executable)?.realPath;
  const elf = path === undefined ? null : elfOfFile(path);
  if (home === null) return notBuilt(`${interpreter.basePrefix} holds no standard library`);
  if (path === undefined || elf === null || elf.interpreter === null)
    return notBuilt(`${interpreter.executable} has no loader`);
  const program: Binary = { path, elf };
  const search = librarySearch({
    machine: elf.machine,
    systemFolders: libraryFolders("", elf.machine),
    variableFolders: (process.env["LD_LIBRARY_PATH"] ?? "")
      .split(/[:;]/u)
      .filter((one) => one.startsWith("/")),
  });
  const own = closureOf(program, search);
  const [lacking] = own.missing;
  if (lacking !== undefined) return notBuilt(`Python's library ${lacking.name} is not here`);
  const unserved = unservedLibrary(elf.interpreter, own.libraries.get("libc.so.6"));
  if (unserved !== null) return notBuilt(unserved);

  const tree = runtimeTree(home.traces);
  const loader = basename(elf.interpreter);
  tree.addBinary(`lib/${loader}`, elf.interpreter, 0o755);
  const findings: Finding[] = [...packPython(home, program, tree, search)];
  tree.addLibraries(librariesOpenedByName(search, program));
  progress("reading what the programs and packages need");
  for (const name of new Set(["/bin/sh", ...programs])) {
    const finding = packProgram(name, { tree, search, loader, machine: elf.machine });
    if (finding !== null) findings.push(finding);
  }
  const needs = wheelNeeds(wheelLibraries, program, search);
  tree.addLibraries(needs.libraries);
  findings.push(...needs.findings);
  for (const member of [...localeMembers(""), ...zoneMembers("")]) tree.add(member);
  const members = tree.members();
  return {
    part: { id: "runtime", what: `CPython ${home.version} with its libraries`, members },
    python: {
      version: home.version,
      implementation: interpreter.implementation,
      origin: home.origin,
      starter: `runtime/bin/${home.name}`,
    },
    loader,
    programs: members.flatMap(({ path }) => (path.startsWith("runtime/bin/") ? [basename(path)] : [])),
    findings,
  };
}

function notBuilt(why: string): RuntimePlan {
  const finding = makeFinding("runtime-not-built", "error", `Not built: ${why}`, {
    why: "An archive without an interpreter cannot run where nothing is installed.",
  });
  return { part: null, findings: [finding] };
}
