import { makeCommand } from "../manifests/index.ts";
import type { Command } from "../model/index.ts";
import { folderOf } from "./import-roots.ts";
import type { CodeBase } from "./code-base.ts";
import { isForBuild } from "./reach.ts";

/** The project's commands; where none is known, one for each of its files, what builds it or its documentation apart. */
export function commandsToRead(code: CodeBase): readonly Command[] {
  const { commands } = code.project;
  if (commands.length > 0) return commands;
  const own = Array.from(code.sources).filter(([file, facts]) => !isForBuild(file, facts));
  return commandOfEachFile({ ...code, sources: new Map(own) });
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
