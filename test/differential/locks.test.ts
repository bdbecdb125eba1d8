/** What we read out of locks, beside what each lock's own tool exports from it: names, versions, hashes and markers.
 *  scripts/make-lock-fixtures.ts makes the locks and the exports with the tools themselves. */
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { readManifests } from "../../src/manifests/index.ts";
import type { Manifest } from "../../src/model/index.ts";
import { markersThatDiffer } from "./marker-grid.ts";

interface Fixture {
  readonly project: string;
  readonly lockFile: string;
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly all: string;
}

/** Everything that one `name==version` is said to be, by a lock or by an export of it. */
interface Said {
  readonly markers: (string | null)[];
  readonly hashes: Set<string>;
}

const load = (tool: string): readonly Fixture[] =>
  JSON.parse(
    zlib
      .zstdDecompressSync(fs.readFileSync(path.join(import.meta.dirname, `locks/${tool}.json.zst`)))
      .toString(),
  ) as readonly Fixture[];

const manifestOf = (file: string, files: Fixture["files"]): Manifest | undefined =>
  readManifests([file], (name) => files[name] ?? null)[0];

function packagesOf(manifest: Manifest | undefined, groups: "main" | "all"): Map<string, Said> {
  const said = new Map<string, Said>();
  for (const { name, specifier, marker, hashes, group } of manifest?.requirements ?? []) {
    if (groups === "main" && group !== "") continue;
    const key = `${name}${specifier}`;
    const known = said.get(key) ?? { markers: [], hashes: new Set() };
    known.markers.push(marker);
    for (const hash of hashes) known.hashes.add(hash);
    said.set(key, known);
  }
  return said;
}

describe.each(["uv", "poetry", "poetry18", "pipenv"])("%s", (tool) => {
  const fixtures = load(tool);

  test.each(fixtures.map((fixture) => [fixture.project, fixture] as const))(
    "%s: the lock is read whole and is up to date",
    (_, fixture) => {
      const lock = manifestOf(fixture.lockFile, fixture.files);
      expect(lock?.isLock).toBe(true);
      expect(lock?.findings.filter(({ rule }) => rule !== "lock-version-missing")).toEqual([]);
      expect(lock?.requirements.every(({ location }) => location.line !== null)).toBe(true);
    },
  );

  test.each(
    fixtures.flatMap((fixture) =>
      (["main", "all"] as const).map((groups) => [fixture.project, groups, fixture] as const),
    ),
  )("%s, %s groups: the same packages, versions, hashes and markers", (_, groups, fixture) => {
    const lock = manifestOf(fixture.lockFile, fixture.files);
    const ours = packagesOf(lock, groups);
    const theirs = packagesOf(manifestOf("requirements.txt", { "requirements.txt": fixture[groups] }), "all");
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    const pairs = Array.from(theirs, ([name, said]) => {
      expect([...(ours.get(name)?.hashes ?? [])].sort(), name).toEqual([...said.hashes].sort());
      return { name, ours: ours.get(name)?.markers ?? [], theirs: said.markers };
    });
    expect(markersThatDiffer(pairs, lock?.python?.specifier ?? "")).toEqual([]);
  });
});

test("at least 300 locked packages of each tool are compared", () => {
  for (const tool of ["uv", "poetry", "pipenv"]) {
    const compared = load(tool).map(
      (fixture) => packagesOf(manifestOf(fixture.lockFile, fixture.files), "all").size,
    );
    expect(
      compared.reduce((sum, size) => sum + size, 0),
      tool,
    ).toBeGreaterThanOrEqual(300);
  }
});
