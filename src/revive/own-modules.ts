import type { Project } from "../model/index.ts";

/** Folders of the project (relative to the root, "" for it) from which Python would find this module, the nearest to the root first. */
export function foldersThatHold({ files }: Project, module: string): readonly string[] {
  const inner = module.replaceAll(".", "/");
  const folders = new Set<string>();
  for (const { path } of files) {
    if (!path.endsWith(".py")) continue;
    const padded = `/${path}`;
    const at = padded.endsWith(`/${inner}.py`)
      ? padded.length - inner.length - 4
      : padded.indexOf(`/${inner}/`);
    if (at >= 0) folders.add(padded.slice(1, Math.max(1, at)).replace(/\/$/u, ""));
  }
  return [...folders].toSorted((a, b) => a.split("/").length - b.split("/").length || a.length - b.length);
}
