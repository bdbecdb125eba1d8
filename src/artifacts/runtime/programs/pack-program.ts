import path from "node:path";
import { makeFinding, type Finding } from "../../../model/index.ts";
import { lookUp, openRead, readBytes } from "../../../system/index.ts";
import { secretByContent } from "../../archive/secret-files.ts";
import { elfOfFile } from "../elf/elf-file.ts";
import { closureOf } from "../libraries/closure.ts";
import type { LibrarySearch } from "../libraries/library-search.ts";
import type { RuntimeTree } from "../runtime-tree.ts";
import { scriptWrapperText, wrapperText } from "../wrapper.ts";

export interface ProgramPacking {
  readonly tree: RuntimeTree;
  readonly search: LibrarySearch;
  /** The packed loader's file name. */
  readonly loader: string;
  readonly machine: number;
  /** The file of a program that is called so, or lies there; null where there is none. */
  readonly locate: (name: string) => string | null;
}

/**
 * Puts a program (a name on PATH, or a path) with its libraries into runtime/libexec and its starter into runtime/bin;
 * one that is linked statically goes to runtime/bin itself. The finding says why it is left out.
 */
export function packProgram(name: string, packing: ProgramPacking): Finding | null {
  const { tree, search, loader, machine } = packing;
  const called = path.basename(name);
  const file = lookUp(packing.locate(name) ?? "");
  // It becomes a file's name and part of a script.
  if (!/^[\w.+@-]+$/u.test(called))
    return leftOut(called, "its name is not one of letters, digits and ._+@-");
  if (file?.isFile !== true) return leftOut(called, "it is not here");
  const elf = elfOfFile(file.realPath);
  if (elf === null) return packScript(called, file.realPath, packing);
  if (elf.machine !== machine) return leftOut(called, "it is for another processor");
  if (elf.interpreter === null && !elf.needed.length) {
    tree.addBinary(`bin/${called}`, file.realPath, 0o755);
    return null;
  }
  if (path.basename(elf.interpreter ?? "") !== loader)
    return leftOut(called, `it starts with ${elf.interpreter ?? "no loader"}`);
  const { libraries, missing } = closureOf({ path: file.realPath, elf }, search);
  const [first] = missing;
  if (first !== undefined) return leftOut(called, `its library ${first.name} is not here`);
  tree.addLibraries(libraries);
  tree.addBinary(`libexec/${called}`, file.realPath, 0o755);
  tree.addText(`bin/${called}`, wrapperText(loader, called), 0o755);
  return null;
}

const shells = new Set(["sh", "dash", "bash", "ash"]);
const longestFirstLine = 256;

function packScript(called: string, file: string, packing: ProgramPacking): Finding | null {
  using opened = openRead(file);
  const line = opened.readAt(0, longestFirstLine).toString("latin1").split("\n", 1)[0] ?? "";
  const [, program = "", first = "", rest = ""] = /^#!\s*(\S+)[ \t]*(\S*)[ \t]*(.*)$/u.exec(line) ?? [];
  const isEnv = path.posix.basename(program) === "env" && rest === "";
  const interpreter = path.posix.basename(isEnv ? first : program);
  const isPython = /^python[\d.]*$/u.test(interpreter);
  if (!isPython && !shells.has(interpreter)) {
    return leftOut(
      called,
      interpreter === ""
        ? "it is no program for Linux"
        : `it is a script for ${interpreter}, which brings more along than its file`,
    );
  }
  const secret = secretByContent(readBytes(file));
  if (secret !== null) return leftOut(called, `it holds ${secret.kind}`);
  const fault = isPython ? null : packProgram(isEnv ? interpreter : program, packing);
  if (fault !== null) return fault;
  const { tree } = packing;
  tree.add({ path: `libexec/${called}`, kind: "file", mode: 0o644, content: { path: file } });
  const option = isEnv ? "" : first;
  tree.addText(
    `bin/${called}`,
    scriptWrapperText(packing.loader, isPython ? "python3" : interpreter, option, called),
    0o755,
  );
  return null;
}

function leftOut(program: string, why: string): Finding {
  return makeFinding("program-not-packed", "error", `The program ${program} cannot be packed: ${why}`, {
    why: "A command that starts it works on machines alone that have it.",
    fix: `Install ${program} here, or do without it: what Python and its packages can do is packed with them.`,
  });
}
