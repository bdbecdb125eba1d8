import { codeOf, type CallFact, type SourceFacts } from "../source/index.ts";
import { folderOf, pathFrom } from "../inference/index.ts";

/** What a call does to the file that it names: "named" where nobody can tell. */
type Use = "read" | "written" | "named";

/** A file that code names by a literal path, with the first place for each use. */
export interface NamedFile {
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly use: Use;
}

/** Functions that take text which may look like a path, or a path whose content plays no part. */
const besides =
  /^(?:print|hash|id|eval|exec|input|breakpoint|exit|quit|__import__|os\.(?:path\.(?!getsize|getmtime)\w+|makedirs|mkdir|remove|unlink|rmdir|removedirs|getenv|environ\.\w+|chdir|system)|shutil\.rmtree|(?:logging|warnings|re|argparse|importlib|sys|subprocess)\..*)$/u;
const writers =
  /(?:^|\.)(?:to_\w+|savefig|save|savez|savez_compressed|savetxt|save_\w+|tofile|write_\w+|imsave|imwrite|FileHandler)$/u;
/** Functions whose second argument is the file that they write. */
const secondWriters =
  /(?:^|\.)(?:dump|save|save_npz|copy|copy2|copyfile|copytree|move|rename|replace|urlretrieve|write)$/u;
const readers =
  /(?:^|\.)(?:read_\w+|load|loads?_\w+|load|loadtxt|loadmat|genfromtxt|fromfile|imread|open_dataset|open_mfdataset|parse|copy|copy2|copyfile|move|rename|load_dotenv|dotenv_values)$/u;

function usesOf(call: CallFact): readonly { readonly literal: string; readonly use: Use }[] {
  const { name, literal, second, mode } = call;
  const uses: { literal: string; use: Use }[] = [];
  const isOpen = /(?:^|\.)open$/u.test(name);
  if (second !== undefined && secondWriters.test(name)) uses.push({ literal: second, use: "written" });
  if (literal === undefined || besides.test(name)) return uses;
  if (isOpen) uses.push({ literal, use: mode !== undefined && /[wax]/u.test(mode) ? "written" : "read" });
  else if (readers.test(name)) uses.push({ literal, use: "read" });
  else uses.push({ literal, use: writers.test(name) ? "written" : "named" });
  return uses;
}

/** Whether some call writes to a path that the text does not say: any path named beside it may be that one. */
function writesUnseen(calls: readonly CallFact[]): boolean {
  return calls.some(({ name, literal, mode }) => {
    if (literal !== undefined) return false;
    return /(?:^|\.)open$/u.test(name) ? mode !== undefined && /[wax]/u.test(mode) : writers.test(name);
  });
}

/**
 * The files that the code names in its calls: as seen from each file's own folder, from the root and from the given
 * working directories. Those that exist are told by `exists`.
 */
export function namedFiles(
  sources: ReadonlyMap<string, SourceFacts>,
  folders: readonly string[],
  exists: (path: string) => boolean,
): readonly NamedFile[] {
  const named = new Map<string, NamedFile>();
  for (const [file, facts] of sources) {
    const { calls } = codeOf(facts);
    const isUnsure = writesUnseen(calls);
    for (const call of calls) {
      for (const { literal, use } of usesOf(call)) {
        if (use === "named" && isUnsure) continue;
        for (const folder of new Set(["", ...folders, folderOf(file)])) {
          const path = pathFrom(folder, literal);
          if (path === null || !exists(path)) continue;
          const key = `${use} ${path}`;
          if (!named.has(key)) named.set(key, { path, file, line: call.line, use });
        }
      }
    }
  }
  return [...named.values()];
}
