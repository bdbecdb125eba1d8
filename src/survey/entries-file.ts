import path from "node:path";
import { ToolError } from "../model/index.ts";
import { readText } from "../system/index.ts";
import type { ListedProject } from "./project-list.ts";

/** What a survey is limited to, by project as the file names it. */
export type EntriesByProject = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a JSON object from project folder to a list of entries: shell lines, and notebooks as "nb:PATH". Throws ToolError
 * USAGE, PATH_UNREADABLE.
 */
export function readEntries(file: string): EntriesByProject {
  const fault = (message: string): ToolError =>
    new ToolError("USAGE", `${file}: ${message}`, {
      hint: 'Give a JSON object such as {"paper": ["python train.py", "nb:report.ipynb"]}.',
      location: { file },
    });
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw fault("this is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fault("this is no JSON object");
  const entries = new Map<string, readonly string[]>();
  for (const [project, list] of Object.entries(value)) {
    if (!Array.isArray(list) || !list.every((item) => typeof item === "string")) {
      throw fault(`the entries of ${project} are not a list of texts`);
    }
    entries.set(project, [...new Set(list)]);
  }
  return entries;
}

/** The entries of one project: found by its path as given, its absolute path, or its folder's name; null where none are. */
export function entriesFor(
  { given, directory }: Pick<ListedProject, "given" | "directory">,
  entries: EntriesByProject,
): readonly string[] | null {
  const plain = new Map([...entries].map(([name, list]) => [bare(name), list]));
  for (const name of namesOf({ given, directory })) {
    const found = plain.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** The names in an entries file that are none of these projects: a slip, or a project left out on purpose. */
export function strangersAmong(
  entries: EntriesByProject,
  projects: readonly Pick<ListedProject, "given" | "directory">[],
): readonly string[] {
  const known = new Set(projects.flatMap(namesOf));
  return [...entries.keys()].filter((name) => !known.has(bare(name)));
}

const namesOf = ({ given, directory }: Pick<ListedProject, "given" | "directory">): readonly string[] => [
  bare(given),
  directory,
  path.basename(directory),
];

const bare = (name: string): string => name.replace(/\/+$/u, "");
