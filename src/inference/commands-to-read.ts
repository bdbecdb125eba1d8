import { makeCommand } from "../manifests/index.ts";
import type { Command } from "../model/index.ts";
import { folderOf } from "./import-roots.ts";
import type { CodeBase } from "./code-base.ts";

/** The project's commands; where none is known, one for each of its files. */
export function commandsToRead(code: CodeBase): readonly Command[] {
  return code.project.commands.length > 0 ? code.project.commands : commandOfEachFile(code);
}

/** One command for each Python file and notebook of a project, run from the file's own folder. */
export function commandOfEachFile({ sources }: CodeBase): readonly Command[] {
  return Array.from(sources, ([file, { kind }]) =>
    kind === "notebook"
      ? makeCommand({ name: file, kind: "notebook", run: file, origin: "guessed", location: null })
      : makeCommand({
          name: file,
          kind: "run",
          run: `python ${file.slice(file.lastIndexOf("/") + 1)}`,
          cwd: folderOf(file) || ".",
          origin: "guessed",
          location: null,
        }),
  );
}
