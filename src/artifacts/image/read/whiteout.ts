import { unsafe } from "../../archive/unpack-limits.ts";
import { joinPath } from "../../../system/index.ts";
import { parentOf } from "../../archive/ignore-rules.ts";

const prefix = ".wh.";

/**
 * What a member hides of lower layers, by its name (OCI image-spec v1.1, layer.md: whiteouts): one entry, or all that is
 * in a folder; null where it is an ordinary member. AUFS's own records ("ignored") mean nothing here.
 */
export function whiteoutOf(
  image: string,
  name: string,
): { readonly kind: "one" | "below"; readonly of: string } | "ignored" | null {
  const folder = parentOf(name);
  const base = name.slice(folder === "" ? 0 : folder.length + 1);
  if (folder.split("/").some((part) => part.startsWith(prefix))) {
    throw unsafe(image, `${name} lies below what only hides something`);
  }
  if (!base.startsWith(prefix)) return null;
  if (base === ".wh..wh..opq") return { kind: "below", of: folder };
  if (base.startsWith(`${prefix}${prefix}`)) return "ignored";
  const hidden = base.slice(prefix.length);
  if (/^\.{0,2}$/u.test(hidden)) throw unsafe(image, `${name} hides a folder above it`);
  return { kind: "one", of: joinPath(folder, hidden) };
}
