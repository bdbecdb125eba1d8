import { quote } from "../manifests/index.ts";
import type { LockContent, LockedArtifact } from "./artifact.ts";
import { pylockHeader } from "./pylock-text.ts";

/** A pylock.toml (PEP 751) of artifacts that are all wheels or sdists with URL and sha256; others are left out. */
export function writePylock(lock: LockContent): string {
  const packages = Map.groupBy(
    lock.artifacts.filter(({ kind, url }) => (kind === "wheel" || kind === "sdist") && url !== ""),
    ({ name, version, marker }) => JSON.stringify([name, version, marker]),
  );
  const environments = lock.environments.map((marker) => `    ${quote(marker)},\n`).join("");
  const head = [
    'lock-version = "1.0"',
    'created-by = "rung"',
    ...(lock.requiresPython === null ? [] : [`requires-python = ${quote(lock.requiresPython)}`]),
    ...(environments === "" ? [] : [`environments = [\n${environments}]`]),
  ];
  const blocks = [...packages].sort(([one], [other]) => (one < other ? -1 : 1));
  return `${pylockHeader}${[head.join("\n"), ...blocks.map(([, files]) => packageBlock(files))].join("\n\n")}\n`;
}

/** A pylock.toml of versions alone: what a resolver reads to keep them. Nothing can be installed from it. */
export function writePreferences({ artifacts }: LockContent): string {
  const versions = new Map(
    artifacts.flatMap((one) => (one.version === "" ? [] : [[`${one.name} ${one.version}`, one]])),
  );
  const blocks = [...versions.values()].map(
    ({ name, version }) =>
      `[[packages]]\nname = ${quote(name)}\nversion = ${quote(version)}\narchive = { url = "https://invalid.invalid/", hashes = {} }`,
  );
  return `${['lock-version = "1.0"\ncreated-by = "rung"', ...blocks].join("\n\n")}\n`;
}

function packageBlock(files: readonly LockedArtifact[]): string {
  const [first] = files;
  if (first === undefined) return "";
  const wheels = files.filter(({ kind }) => kind === "wheel").map(fileTable);
  const sdists = files.filter(({ kind }) => kind === "sdist");
  // A package has one sdist in this format; of two archives of the same source the usual one.
  const sdist = sdists.find(({ filename }) => filename.endsWith(".tar.gz")) ?? sdists[0];
  return [
    "[[packages]]",
    `name = ${quote(first.name)}`,
    ...(first.version === "" ? [] : [`version = ${quote(first.version)}`]),
    ...(first.marker === null ? [] : [`marker = ${quote(first.marker)}`]),
    ...(first.index === undefined ? [] : [`index = ${quote(first.index)}`]),
    ...(sdist === undefined ? [] : [`sdist = ${fileTable(sdist)}`]),
    ...(wheels.length === 0 ? [] : [`wheels = [\n${wheels.map((wheel) => `    ${wheel},\n`).join("")}]`]),
  ].join("\n");
}

function fileTable({ filename, url, size, sha256 }: LockedArtifact): string {
  const inUrl = url.split(/[?#]/u)[0]?.endsWith(`/${filename}`) === true;
  const parts = [
    ...(inUrl || filename === "" ? [] : [`name = ${quote(filename)}`]),
    `url = ${quote(url)}`,
    ...(size === null ? [] : [`size = ${size}`]),
    `hashes = { sha256 = "${sha256}" }`,
  ];
  return `{ ${parts.join(", ")} }`;
}
