import path from "node:path";
import { exists, readText } from "../system/index.ts";

/**
 * Arguments by which uv builds anew what it installs from folders: it goes by the times of their pyproject.toml and
 * setup.py alone, and would install code as it was. Where a folder does not tell its name, all is fetched anew.
 */
export function refreshArguments(names: readonly (string | null)[]): readonly string[] {
  if (names.includes(null)) return ["--refresh"];
  return names.flatMap((name) => (name === null ? [] : ["--refresh-package", name]));
}

/** The distributions that a resolution takes from folders; null for one whose name stands nowhere. */
export function namesOfFolders(root: string, resolution: string): readonly (string | null)[] {
  return resolution.split("\n").flatMap((line) => {
    const named = /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])? @ file:/u.exec(line)?.[1];
    if (named !== undefined) return [named];
    const place = /^(?:-e\s*|--editable[\s=]+)?(?:file:\/\/)?([./][^\s;#[]*)/u.exec(line)?.[1];
    return place === undefined ? [] : [nameOf(path.resolve(root, place))];
  });
}

/** The distributions that a pylock.toml (PEP 751) takes from folders. */
export function namesOfLockedFolders(lock: string): readonly string[] {
  const blocks = lock.split(/^(?=\[\[packages\]\])/mu).filter((block) => /^directory\s*=/mu.test(block));
  return blocks.flatMap((block) => /^name\s*=\s*"([^"]+)"/mu.exec(block)?.[1] ?? []);
}

function nameOf(folder: string): string | null {
  const read = (name: string): string => {
    const file = path.join(folder, name);
    return exists(file) ? readText(file) : "";
  };
  const project = /^\[(?:project|tool\.poetry)\]\s*$([^]*?)(?=^\[|(?![^]))/mu.exec(
    read("pyproject.toml"),
  )?.[1];
  return (
    /^name\s*=\s*["']([A-Za-z0-9._-]+)["']/mu.exec(project ?? "")?.[1] ??
    /^name\s*=\s*([A-Za-z0-9._-]+)\s*$/mu.exec(read("setup.cfg"))?.[1] ??
    null
  );
}
