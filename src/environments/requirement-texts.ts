import path from "node:path";
import { exists, readText } from "../system/index.ts";

/** The text of a file and of all that it includes by -r and -c, by absolute path, sorted; what is missing is "". */
export function requirementTexts(
  files: readonly string[],
): readonly (readonly [path: string, text: string])[] {
  const texts = new Map<string, string>();
  const visit = (file: string): void => {
    if (texts.has(file)) return;
    const text = exists(file) ? readText(file) : "";
    texts.set(file, text);
    if (file.endsWith(".toml")) return;
    for (const [, included = ""] of text.matchAll(
      /^\s*(?:-r|-c|--requirements?|--constraints?)(?:\s+|=|(?=[^\s-]))["']?([^\s"'#]+)/gmu,
    )) {
      if (!/^[a-z]+:\/\//iu.test(included)) visit(path.resolve(path.dirname(file), included));
    }
  };
  for (const file of files) visit(path.resolve(file));
  return [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** True where a resolution names something in the project's tree, so that it depends on the tree's content too. */
export function namesLocalCode(resolution: string): boolean {
  return /^(?:-e\s|--editable|\.|\/|[A-Za-z]:\\|[^#\n]*file:)/mu.test(resolution);
}

/** True where resolving these files may build code of the project's own tree: for its metadata, or as a dependency. */
export function buildsLocalCode(files: readonly string[]): boolean {
  return requirementTexts(files).some(([file, text]) => {
    const name = path.basename(file);
    if (name === "pyproject.toml") return !/^\[project\]/mu.test(text) || /^dynamic\s*=/mu.test(text);
    return name === "setup.py" || name === "setup.cfg" || namesLocalCode(text);
  });
}
