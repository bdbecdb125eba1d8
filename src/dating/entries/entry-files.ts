import type { Command, Project } from "../../model/index.ts";
import { joinPath } from "../../system/index.ts";

/**
 * The files of the project that a command starts: a notebook's own path, or the Python files and notebooks that a shell
 * line names, as paths or after -m. Empty where it names none.
 */
export function entryFiles(project: Project, command: Command): readonly string[] {
  const known = new Set(project.files.map(({ path }) => path));
  if (command.kind === "notebook") {
    return [command.run, inFolder(command.cwd, command.run)].filter((path) => known.has(path)).slice(0, 1);
  }
  const words = command.run.split(/[\s;&|()'"=]+/u);
  const named = words.flatMap((word, index) => {
    const before = words[index - 1];
    if (before === "-m") {
      const path = word.replaceAll(".", "/");
      return [`${path}.py`, `${path}/__main__.py`];
    }
    return /\.(?:py|ipynb)$/u.test(word) ? [word] : [];
  });
  const found = named.map((path) => inFolder(command.cwd, path)).filter((path) => known.has(path));
  return [...new Set(found)];
}

function inFolder(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of joinPath(folder, path).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
