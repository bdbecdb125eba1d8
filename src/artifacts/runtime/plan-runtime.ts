import { basename } from "node:path";
import { thisLockPlatform } from "../../lock/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import { joinPath } from "../../system/index.ts";
import {
  librariesOpenedByName,
  localeMembers,
  unservedLibrary,
  versionOfLibrary,
  zoneMembers,
} from "./c-library.ts";
import { installationFromDebian } from "./debian/debian-python.ts";
import { elfOfFile } from "./elf/elf-file.ts";
import { installationHere, type Installation } from "./installation.ts";
import { closureOf } from "./libraries/closure.ts";
import { libraryFolders } from "./libraries/library-folders.ts";
import { librarySearch, type Binary } from "./libraries/library-search.ts";
import { wheelNeeds } from "./libraries/wheel-needs.ts";
import { packPython } from "./pack-python.ts";
import { packProgram } from "./programs/pack-program.ts";
import type { RuntimePlan, RuntimeRequest } from "./runtime-plan.ts";
import { runtimeTree } from "./runtime-tree.ts";

/**
 * The part "runtime" of a bundle: an interpreter with its standard library, the programs that are asked for, and every
 * shared library that they need, the loader and the C library included. Nothing is run for it: what a file needs is read
 * from the file, and looked for as the loader would (never ldd, which runs what it looks at). For another processor than
 * this machine's it comes from Debian's packages, where apt knows them.
 * The same installation gives the same bytes, whatever the umask, the locale, the order of folders, and, as far as
 * compiled files allow, the folder that Python lies in. Throws ToolError PATH_UNREADABLE for a file that cannot be read.
 */
export async function planRuntime(request: RuntimeRequest): Promise<RuntimePlan> {
  const { interpreter, platform, programs, workDirectory, progress } = request;
  const here = platform === thisLockPlatform();
  if (!here && !platform.startsWith("linux-"))
    return notBuilt(`no Python for ${platform} is to be had from here`);
  progress(`reading what Python ${interpreter.version} needs`);
  const found = here
    ? installationHere(request)
    : await installationFromDebian(
        platform,
        interpreter,
        programs,
        joinPath(workDirectory, "debian"),
        progress,
      );
  return typeof found === "string" ? notBuilt(found) : fill(found, request, !here);
}

function fill(installation: Installation, request: RuntimeRequest, isForeign: boolean): RuntimePlan {
  const { root, home, locate } = installation;
  const { interpreter, programs, wheelLibraries, platform, progress } = request;
  const elf = elfOfFile(home.executable);
  if (elf === null || elf.interpreter === null) return notBuilt(`${home.executable} has no loader`);
  const program: Binary = { path: home.executable, elf };
  const search = librarySearch({
    machine: elf.machine,
    systemFolders: libraryFolders(root, elf.machine),
    variableFolders: installation.variableFolders,
  });
  const own = closureOf(program, search);
  const [lacking] = own.missing;
  if (lacking !== undefined) return notBuilt(`Python's library ${lacking.name} is not here`);
  const library = own.libraries.get("libc.so.6");
  const unserved = unservedLibrary(elf.interpreter, library);
  if (unserved !== null) return notBuilt(unserved);

  const tree = runtimeTree(home.traces);
  const loader = basename(elf.interpreter);
  tree.addBinary(`lib/${loader}`, joinPath(root, elf.interpreter), 0o755);
  const findings: Finding[] = isForeign ? [unproved(home.version, interpreter.version, platform)] : [];
  findings.push(...packPython(home, program, tree, search));
  tree.addLibraries(librariesOpenedByName(search, program));
  progress("reading what the programs and packages need");
  for (const name of new Set(["/bin/sh", ...programs])) {
    const finding = packProgram(name, { tree, search, loader, machine: elf.machine, locate });
    if (finding !== null) findings.push(finding);
  }
  const needs = wheelNeeds(wheelLibraries, program, search);
  tree.addLibraries(needs.libraries);
  findings.push(...needs.findings, ...tree.conflicts());
  for (const member of [...localeMembers(root), ...zoneMembers(root)]) tree.add(member);
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
    cLibrary: library === undefined ? "" : (versionOfLibrary(library) ?? ""),
    isProvable: !isForeign,
    programs: members.flatMap(({ path }) => (path.startsWith("runtime/bin/") ? [basename(path)] : [])),
    findings,
  };
}

function unproved(version: string, wanted: string, platform: string): Finding {
  const other = version === wanted ? "" : `, where this machine has ${wanted}`;
  return makeFinding("not-proved-here", "info", `Python for ${platform} is Debian's ${version}${other}`, {
    why: "What is made for another processor cannot be run here, so nothing is proved of it.",
    fix: "Prove it on a machine of that kind.",
  });
}

function notBuilt(why: string): RuntimePlan {
  const finding = makeFinding("runtime-not-built", "error", `Not built: ${why}`, {
    why: "An archive without an interpreter cannot run where nothing is installed.",
  });
  return { part: null, findings: [finding] };
}
