import { markerOfSelector } from "../conda/selectors.ts";
import type { TomlTable } from "../toml/toml-document.ts";
import { tableAt } from "../toml/toml-values.ts";

/** A table that may hold dependencies and tasks: the top, a feature, a platform of either. */
export interface PixiPlace {
  readonly at: readonly string[];
  readonly group: string;
  readonly marker: string | null;
}

/** All such tables, the top first. */
export function placesOf(root: TomlTable): readonly PixiPlace[] {
  const features = Object.keys(tableAt(root, "feature")).map((name) => ({
    at: ["feature", name],
    group: name,
  }));
  return [{ at: [], group: "" }, ...features].flatMap(({ at, group }) => {
    const place: PixiPlace = { at, group: group === "default" ? "" : group, marker: null };
    const targets = Object.keys(tableAt(root, ...at, "target")).map((target) => ({
      ...place,
      at: [...at, "target", target],
      marker: markerOfSelector(target),
    }));
    return [place, ...targets];
  });
}
