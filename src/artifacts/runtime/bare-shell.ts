import { ToolError } from "../../model/index.ts";
import { findProgram, joinPath, realPath } from "../../system/index.ts";
import { elfOfFile } from "./elf/elf-file.ts";
import { closureOf } from "./libraries/closure.ts";
import { libraryFolders } from "./libraries/library-folders.ts";
import { librarySearch } from "./libraries/library-search.ts";

export interface BareShell {
  /** Files of this machine, and where they are to be in a root that holds nothing else. */
  readonly binds: readonly { readonly from: string; readonly to: string; readonly writable: false }[];
  /** "mksh-static", or what the shell brings along. */
  readonly words: string;
}

/** Linked statically, and with nothing built in that would stand in for a program which the pack lacks (as BusyBox has). */
const staticShells = ["bash-static", "mksh-static"] as const;

/**
 * The shell of a root that holds nothing of this machine: /bin/sh, linked statically where one is installed, else this
 * machine's with the loader and the libraries that it alone needs. Throws ToolError TOOL_MISSING.
 */
export function bareShell(): BareShell {
  for (const name of staticShells) {
    const from = findProgram(name);
    if (from !== null) return { binds: [{ from, to: "/bin/sh", writable: false }], words: name };
  }
  const shell = realPath("/bin/sh");
  const elf = shell === null ? null : elfOfFile(shell);
  if (shell === null || elf === null || elf.interpreter === null)
    throw new ToolError("TOOL_MISSING", "/bin/sh is no program that could be taken into an empty root", {
      hint: "Install a static shell: apt install mksh (mksh-static), or bash-static.",
    });
  const search = librarySearch({
    machine: elf.machine,
    systemFolders: libraryFolders("", elf.machine),
    variableFolders: [],
  });
  const { libraries } = closureOf({ path: shell, elf }, search);
  const own = [...libraries].map(([name, { path }]) => ({ from: path, to: joinPath("/lib", name) }));
  const files = [{ from: shell, to: "/bin/sh" }, { from: elf.interpreter, to: elf.interpreter }, ...own];
  return {
    binds: files.map((file) => ({ ...file, writable: false })),
    words: `this machine's ${shell} with ${[...libraries.keys()].join(" and ")}, which it alone needs`,
  };
}
