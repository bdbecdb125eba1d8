import type { ImageDifference, LayerDifference } from "../artifacts/image/index.ts";
import { printable } from "./printable.ts";

const signs = { added: "+", removed: "-", changed: "~" } as const;

/** Why two images differ: fields, layers, files. */
export function renderImageDifference(difference: ImageDifference): string {
  const { a, b, same, config, manifest, layers, tree } = difference;
  const lines = [
    `A  ${a.name}  ${a.digest ?? a.configDigest}, ${a.layers} layers`,
    `B  ${b.name}  ${b.digest ?? b.configDigest}, ${b.layers} layers`,
    same ? sameText(difference) : "they differ",
    ...fieldLines("config", config),
    ...fieldLines("manifest", manifest),
    ...layers.flatMap(layerLines),
    ...(tree === null ? [] : filesLines("files of the whole tree", tree)),
  ];
  return printable(`${lines.join("\n")}\n`);
}

function sameText({ a, b, tree }: ImageDifference): string {
  if (tree !== null && a.configDigest !== b.configDigest) return "containers of both see the same files";
  if (a.digest === b.digest || a.digest === null || b.digest === null) return "the same image";
  return "the same image, stored in other ways: configs and layers are equal, manifests are not";
}

function fieldLines(of: string, fields: ImageDifference["config"]): readonly string[] {
  return fields.map(
    ({ field, a, b }) => `${of} ${field}\n    A ${a ?? "(missing)"}\n    B ${b ?? "(missing)"}`,
  );
}

function layerLines(layer: LayerDifference): readonly string[] {
  const place = [layer.a === null ? null : `A ${layer.a}`, layer.b === null ? null : `B ${layer.b}`];
  const bytes = [layer.bytesA, layer.bytesB].filter((size) => size !== null);
  const title = `layer ${place.filter((one) => one !== null).join(", ")}: ${said[layer.change]} (${layer.what || "not said how it was made"}; ${bytes.join(" and ")} bytes)`;
  return layer.files === null ? [title] : filesLines(title, layer.files);
}

const said: Readonly<Record<LayerDifference["change"], string>> = {
  added: "only in B",
  removed: "only in A",
  moved: "at another place",
  changed: "other files",
  order: "the same files, written in another order or form",
};

function filesLines(title: string, files: NonNullable<ImageDifference["tree"]>): readonly string[] {
  const { added, removed, changed } = files;
  const total = added + removed + changed;
  const more = total - files.files.length;
  return [
    total === 0 ? title : `${title}: ${added} added, ${removed} removed, ${changed} changed`,
    ...files.files.map(({ path, change, aspects }) => {
      const how = aspects.map(({ aspect, a, b }) => `${aspect} ${a || "none"} -> ${b || "none"}`);
      return `  ${signs[change]} ${path}${how.length === 0 ? "" : `  (${how.join(", ")})`}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
