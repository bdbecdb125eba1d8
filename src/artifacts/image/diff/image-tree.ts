import { parentOf } from "../../archive/ignore-rules.ts";
import { readLayer } from "../read/read-layer.ts";
import type { StoredImage } from "../read/stored-image.ts";
import { imageKeeper } from "../read/unpack-image.ts";
import { whiteoutOf } from "../read/whiteout.ts";
import { memberStates, type MemberState } from "./member-state.ts";

/** The files that a container of an image sees, by path: all layers, one upon another, and nothing written anywhere. */
export async function imageTree(image: StoredImage): Promise<ReadonlyMap<string, MemberState>> {
  const keeper = imageKeeper(image);
  const tree = new Map<string, MemberState>();
  for (const layer of image.layers) {
    const own = new Map<string, MemberState>();
    const hidden = new Set<string>();
    /** Folders of which lower layers show nothing any more. */
    const emptied = new Set<string>();
    const target = memberStates((path, state) => {
      if (path === "") return;
      const whiteout = whiteoutOf(image.name, path);
      if (whiteout === "ignored") return;
      if (whiteout !== null) (whiteout.kind === "one" ? hidden : emptied).add(whiteout.of);
      else {
        own.set(path, state);
        if (state.kind !== "directory") emptied.add(path);
      }
    });
    await readLayer(image.name, layer, target, keeper);
    target.end();
    hide(tree, hidden, emptied);
    for (const [path, state] of own)
      tree.set(path, state.kind === "hardlink" ? linked(state, own, tree) : state);
  }
  return tree;
}

function hide(
  tree: Map<string, MemberState>,
  hidden: ReadonlySet<string>,
  emptied: ReadonlySet<string>,
): void {
  if (hidden.size + emptied.size === 0) return;
  for (const path of tree.keys()) {
    let gone = hidden.has(path);
    for (let at = path; !gone && at !== ""; at = parentOf(at)) {
      const above = parentOf(at);
      gone = emptied.has(above) || hidden.has(above);
    }
    if (gone) tree.delete(path);
  }
}

/** A second name of a file is the file. */
function linked(
  state: MemberState,
  own: ReadonlyMap<string, MemberState>,
  tree: ReadonlyMap<string, MemberState>,
): MemberState {
  const name = state.content.replace(/^(?:\.?\/)+/u, "");
  return own.get(name) ?? tree.get(name) ?? state;
}
