import { makeCommand } from "../manifests/index.ts";
import type { Command } from "../model/index.ts";
import { folderOf } from "./import-roots.ts";
import type { CodeBase } from "./code-base.ts";

/** The project's commands; where none is known, one for each of its Python files and notebooks, run from its own folder. */
export function commandsToRead({ project, sources }: CodeBase): readonly Command[] {
  if (project.commands.length > 0) return project.commands;
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
