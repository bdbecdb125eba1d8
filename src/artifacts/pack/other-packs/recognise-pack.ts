import { listMembers } from "../../archive/list-members.ts";
import { condaPack } from "./conda-pack.ts";
import type { OtherPack, PackReader } from "./other-pack.ts";
import { ownPack } from "./own-pack.ts";
import { pixiPack } from "./pixi-pack.ts";

const readers: readonly PackReader[] = [ownPack, condaPack, pixiPack];

/**
 * Whose pack an archive is, and whether its files are what the metadata in it says; null for what none of the known tools
 * wrote. Nothing is unpacked and nothing run. Throws ToolError UNSAFE_ARCHIVE or PATH_UNREADABLE.
 */
export async function recognisePack(archive: string): Promise<OtherPack | null> {
  const members = await listMembers(archive, (name) => readers.some(({ keeps }) => keeps(name)));
  for (const { read } of readers) {
    const found = read(members, archive);
    if (found !== null) return found;
  }
  return null;
}
