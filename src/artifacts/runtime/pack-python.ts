import { basename } from "node:path";
import { makeFinding, type Finding } from "../../model/index.ts";
import { readBytes } from "../../system/index.ts";
import { elfOfFile } from "./elf/elf-file.ts";
import { closureOf } from "./libraries/closure.ts";
import { runFolders, type Binary, type LibrarySearch } from "./libraries/library-search.ts";
import { isExtension, libraryFiles, moduleOf, type LibraryFile } from "./python/library-files.ts";
import { libraryText } from "./python/library-text.ts";
import type { PythonHome } from "./python/python-home.ts";
import type { RuntimeTree } from "./runtime-tree.ts";
import { wrapperText } from "./wrapper.ts";

/**
 * Puts an interpreter and its standard library into the runtime. A compiled module that lacks a library here is left
 * out, with a finding: it could not be imported here either.
 */
export function packPython(
  home: PythonHome,
  program: Binary,
  tree: RuntimeTree,
  search: LibrarySearch,
): readonly Finding[] {
  const loader = basename(program.elf.interpreter ?? "");
  tree.addBinary(`libexec/${home.name}`, program.path, 0o755);
  tree.addLibraries(closureOf(program, search).libraries);
  for (const name of ["python", "python3", home.name])
    tree.addText(`bin/${name}`, wrapperText(loader, home.name), 0o755);
  const findings: Finding[] = [];
  for (const file of libraryFiles(home.library)) {
    const finding = isExtension(file.path)
      ? packExtension(file, home, program, tree, search)
      : packText(file, home, tree);
    if (finding !== null) findings.push(finding);
  }
  tree.add({ path: `${home.libraryPath}/site-packages`, kind: "directory", mode: 0o755, content: null });
  return findings;
}

function packExtension(
  { path, source }: LibraryFile,
  home: PythonHome,
  program: Binary,
  tree: RuntimeTree,
  search: LibrarySearch,
): Finding | null {
  const elf = elfOfFile(source);
  const name = moduleOf(path);
  if (elf === null || elf.machine !== program.elf.machine) return moduleLeftOut(name, "it cannot be read");
  const { libraries, missing } = closureOf({ path: source, elf }, search, runFolders(program));
  const [first] = missing;
  if (first !== undefined) return moduleLeftOut(name, `the library ${first.name} is not here`);
  tree.addLibraries(libraries);
  tree.addBinary(`${home.libraryPath}/${path}`, source);
  return null;
}

function moduleLeftOut(name: string, why: string): Finding {
  return makeFinding("module-not-packed", "info", `Python's module ${name} is not packed: ${why}`, {
    why: "It cannot be imported on this machine either.",
  });
}

function packText({ path, source }: LibraryFile, home: PythonHome, tree: RuntimeTree): null {
  const to = `${home.libraryPath}/${path}`;
  const original = /\.(?:py|txt|cfg|json)$/u.test(path) ? readBytes(source) : null;
  const bytes = original === null ? null : libraryText(path, original, home.traces);
  if (bytes === null || bytes === original)
    tree.add({ path: to, kind: "file", mode: 0o644, content: { path: source } });
  else tree.addText(to, bytes);
  return null;
}
