import { basename } from "node:path";
import { makeFinding, type Finding } from "../../../model/index.ts";
import { elfOfFile } from "../elf/elf-file.ts";
import type { WheelLibrary } from "../runtime-plan.ts";
import { closureOf } from "./closure.ts";
import { runFolders, type Binary, type LibrarySearch } from "./library-search.ts";

/**
 * The system's libraries that compiled files of packages need. What any of those files is called, or calls itself, comes
 * with the packages. One that is not here is a warning: many packages hold files for hardware that a run never loads.
 */
export function wheelNeeds(
  files: readonly WheelLibrary[],
  program: Binary,
  search: LibrarySearch,
): { readonly libraries: ReadonlyMap<string, Binary>; readonly findings: readonly Finding[] } {
  const read = files.flatMap(({ of, path }) => {
    const elf = elfOfFile(path);
    return elf === null || elf.machine !== program.elf.machine ? [] : [{ of, binary: { path, elf } }];
  });
  const own = new Set(read.flatMap(({ binary }) => [basename(binary.path), binary.elf.soname ?? ""]));
  const libraries = new Map<string, Binary>();
  const missing = new Map<string, { name: string; of: string; asker: string }>();
  for (const { of, binary } of read) {
    const closure = closureOf(binary, search, runFolders(program), (name) => own.has(name));
    for (const [name, found] of closure.libraries) if (!libraries.has(name)) libraries.set(name, found);
    for (const { name, asker } of closure.missing) missing.set(`${of} ${name}`, { name, of, asker });
  }
  return { libraries, findings: [...missing.values()].map(missingLibrary) };
}

function missingLibrary({ name, of, asker }: { name: string; of: string; asker: string }): Finding {
  return makeFinding("library-missing", "warning", `${of} needs the library ${name}, which is not here`, {
    why: `${basename(asker)} cannot be loaded without it; where the run never loads it, nothing is amiss.`,
    fix: `Install what holds ${name}, or take a build of the package that brings it along.`,
  });
}
