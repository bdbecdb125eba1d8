import ignore, { type Ignore } from "ignore";

/** What an ignore file says of a path: leave it out, keep it in spite of an earlier rule, or nothing. */
export type IgnoreVerdict = "ignored" | "kept" | "unmentioned";

/**
 * The rules of all these ignore files together, in the manner of gitignore(5): a file's rules hold below its own folder,
 * the deepest file that mentions a path decides, and nothing below an ignored folder comes back.
 * `contents` maps the folder ("" for the root) to the text of the ignore file in it.
 */
export function ignoreRules(contents: ReadonlyMap<string, string>): (path: string) => IgnoreVerdict {
  const rules = new Map<string, Ignore>();
  for (const [folder, text] of contents)
    rules.set(folder, ignore({ ignorecase: false, allowRelativePaths: true }).add(text));
  const folders = new Map<string, IgnoreVerdict>();

  const ownVerdict = (path: string, isFolder: boolean): IgnoreVerdict => {
    for (let end = path.length; end > 0;) {
      end = path.lastIndexOf("/", end - 1);
      const folder = end < 0 ? "" : path.slice(0, end);
      const relative = (folder === "" ? path : path.slice(folder.length + 1)) + (isFolder ? "/" : "");
      const result = rules.get(folder)?.test(relative);
      if (result?.ignored === true) return "ignored";
      if (result?.unignored === true) return "kept";
    }
    return "unmentioned";
  };
  const folderVerdict = (folder: string): IgnoreVerdict => {
    if (folder === "") return "unmentioned";
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const above = folderVerdict(parentOf(folder));
    const verdict = above === "ignored" ? above : ownVerdict(folder, true);
    folders.set(folder, verdict);
    return verdict;
  };
  return (path) => (folderVerdict(parentOf(path)) === "ignored" ? "ignored" : ownVerdict(path, false));
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
