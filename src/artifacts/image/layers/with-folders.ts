import { joinPath } from "../../../system/index.ts";
import { parentOf } from "../../archive/ignore-rules.ts";
import type { Member } from "../../tree/member.ts";

/** The members below `top` ("" for the root of the file system), with every folder above them as a member (0755). */
export function withFolders(members: readonly Member[], top: string): readonly Member[] {
  const placed = members.map((member) => ({ ...member, path: joinPath(top, member.path) }));
  const known = new Set(placed.map(({ path }) => path));
  const folders: Member[] = [];
  for (const { path } of placed) {
    for (let above = parentOf(path); above !== "" && !known.has(above); above = parentOf(above)) {
      known.add(above);
      folders.push({ path: above, kind: "directory", mode: 0o755, content: null });
    }
  }
  return [...folders, ...placed];
}
