import { normaliseName } from "../../manifests/index.ts";
import type { LockContent, LockedArtifact } from "../artifact.ts";
import {
  asList,
  asTable,
  asTables,
  asText,
  defineLockFormat,
  lineFinder,
  parseLock,
  sha256Of,
  type Table,
} from "./lock-format.ts";
import { lockedFile, lockedSource } from "./locked-file.ts";
import { fileNameOf } from "./pylock.ts";
import { wantedMarkers, type Edge, type GraphPackage } from "./wanted-markers.ts";

/** uv.lock: what the project itself runs with, its extras and groups left out. */
export const uvLock = defineLockFormat({ id: "uv.lock", matches: (name) => name === "uv.lock", read });

interface Locked extends GraphPackage {
  readonly entry: Table;
  readonly line: number;
}

function read(text: string, path: string): LockContent {
  const parsed = parseLock(text, path);
  if (!("root" in parsed)) return parsed;
  const { root } = parsed;
  const at = lineFinder(text);
  const packages = asTables(root["package"]).map((entry): Locked => {
    const name = asText(entry["name"]);
    const extras = asTable(entry["optional-dependencies"]) ?? {};
    return {
      entry,
      line: at.next(`name = "${name}"`),
      name: normaliseName(name),
      version: asText(entry["version"]),
      requiresPython: "",
      edges: (extra) => asTables(extra === "" ? entry["dependencies"] : extras[extra]).map(edgeOf),
    };
  });
  const here = packages.filter(({ entry }) => isOwn(entry, (place) => place === "."));
  const own = here.length > 0 ? here : packages.filter(({ entry }) => isOwn(entry, () => true));
  const wanted = wantedMarkers(
    packages,
    own.flatMap((one) => one.edges("")),
  );
  return {
    requiresPython: asText(root["requires-python"]) || null,
    environments: [],
    artifacts: [...wanted].flatMap(([one, marker]) =>
      own.includes(one) ? [] : artifactsOf(one, marker, at.of),
    ),
    findings: [],
  };
}

const isOwn = (entry: Table, at: (place: string) => boolean): boolean => {
  const source = asTable(entry["source"]) ?? {};
  const place = asText(source["virtual"]) || asText(source["editable"]);
  return place !== "" && at(place);
};

function edgeOf(table: Table): Edge {
  const version = asText(table["version"]);
  return {
    name: normaliseName(asText(table["name"])),
    specifier: version === "" ? "" : `==${version}`,
    extras: asList(table["extra"]).map(asText),
    marker: asText(table["marker"]) || null,
  };
}

function artifactsOf(
  { entry, name, version, line }: Locked,
  marker: string | null,
  lineOf: (part: string, from: number) => number,
): readonly LockedArtifact[] {
  const base = { name, version, marker, line };
  const source = asTable(entry["source"]) ?? {};
  const git = asText(source["git"]);
  if (git !== "") {
    const [address = "", commit = ""] = git.split("#");
    return [lockedSource(base, "vcs", `git+${address.split("?")[0] ?? ""}@${commit}`)];
  }
  const folder = ["directory", "editable", "virtual"]
    .map((kind) => asText(source[kind]))
    .find((one) => one !== "");
  if (folder !== undefined) return [lockedSource(base, "directory", folder)];
  const sdist = asTable(entry["sdist"]);
  const files = [...asTables(entry["wheels"]), ...(sdist === null ? [] : [sdist])];
  const direct = asText(source["url"]) || asText(source["path"]);
  return (files.length === 0 ? [{}] : files).map((file: Table) => {
    const url = asText(file["url"]) || asText(file["path"]) || direct;
    const filename = asText(file["filename"]) || fileNameOf(url);
    return lockedFile({
      ...base,
      filename,
      url,
      sha256: sha256Of(file["hash"]),
      line: lineOf(url, line),
      ...(typeof file["size"] === "number" ? { size: file["size"] } : {}),
    });
  });
}
