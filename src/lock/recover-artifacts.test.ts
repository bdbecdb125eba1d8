import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LockedArtifact } from "./artifact.ts";
import { recoverArtifacts } from "./recover-artifacts.ts";
import { readPylock } from "./formats/lock-formats.ts";
import { writePylock } from "./write-pylock.ts";

const hash = (letter: string): string => letter.repeat(64);
const link = (name: string, letter: string): string =>
  `<a href="/files/${name}#sha256=${hash(letter)}">${name}</a>`;
const pages: Readonly<Record<string, string>> = {
  "/simple/kept/": [
    link("kept-1.0-py3-none-any.whl", "a"),
    link("kept-1.0.tar.gz", "b"),
    link("kept-1.0-py2.7.egg", "c"),
    link("kept-2.0-py3-none-any.whl", "d"),
  ].join("\n"),
  "/other/elsewhere/": link("elsewhere-1-py3-none-any.whl", "e"),
};
const server = http.createServer((request, response) => {
  const page = pages[request.url ?? ""];
  response.statusCode = page === undefined ? 404 : 200;
  response.end(page ?? "");
});
const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const before = process.env["UV_DEFAULT_INDEX"];
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env["UV_DEFAULT_INDEX"] = `${address()}/simple`;
});
afterAll(() => {
  server.close();
  if (before === undefined) delete process.env["UV_DEFAULT_INDEX"];
  else process.env["UV_DEFAULT_INDEX"] = before;
});

const locked = (more: Partial<LockedArtifact>): LockedArtifact => ({
  name: "kept",
  version: "1.0",
  url: "",
  filename: "",
  sha256: "",
  size: null,
  kind: "file",
  marker: null,
  line: 7,
  ...more,
});
const recover = (...artifacts: readonly LockedArtifact[]): ReturnType<typeof recoverArtifacts> =>
  recoverArtifacts(
    { requiresPython: ">=3.9", environments: [], artifacts, findings: [] },
    "poetry.lock",
    () => {},
  );

test("a file is found by its name and hash, or by its hash alone; eggs are left out", async () => {
  const made = await recover(
    locked({ filename: "kept-1.0-py3-none-any.whl", sha256: hash("a") }),
    locked({ sha256: hash("b") }),
    locked({ sha256: hash("c") }),
  );
  expect(made).toMatchObject({ urls: 2, hashes: 0, findings: [] });
  expect(made.artifacts.map(({ kind, filename, url }) => [kind, filename, url])).toEqual([
    ["wheel", "kept-1.0-py3-none-any.whl", `${address()}/files/kept-1.0-py3-none-any.whl`],
    ["sdist", "kept-1.0.tar.gz", `${address()}/files/kept-1.0.tar.gz`],
  ]);
});

test("a hash that the index does not serve, and a version or project that it has not, are errors with their line", async () => {
  const made = await recover(
    locked({ filename: "kept-1.0-py3-none-any.whl", sha256: hash("0") }),
    locked({ version: "3.0", line: 9 }),
    locked({ name: "gone", sha256: hash("a"), line: 11 }),
  );
  expect(made.findings.map(({ rule, severity, file, line }) => [rule, severity, file, line])).toEqual([
    ["lock-artifact-gone", "error", "poetry.lock", 7],
    ["lock-artifact-gone", "error", "poetry.lock", 9],
    ["lock-artifact-gone", "error", "poetry.lock", 11],
  ]);
  expect(made.artifacts).toEqual([]);
});

test("without a hash that of today is taken for every file of the version, and said", async () => {
  const made = await recover(locked({}));
  expect(made).toMatchObject({ urls: 2, hashes: 2 });
  expect(made.artifacts.map(({ filename }) => filename)).toEqual([
    "kept-1.0-py3-none-any.whl",
    "kept-1.0.tar.gz",
  ]);
  expect(made.findings.map(({ rule, severity, line }) => [rule, severity, line])).toEqual([
    ["lock-hash-recovered", "warning", 7],
  ]);
});

test("the index that a lock names for a package is asked", async () => {
  const { findings, artifacts } = await recover(
    locked({ name: "elsewhere", version: "1", sha256: hash("e"), index: `${address()}/other` }),
  );
  expect(findings).toEqual([]);
  expect(artifacts).toHaveLength(1);
});

test("what was recovered is read back from the pylock.toml that is written", async () => {
  const { artifacts } = await recover(
    locked({ sha256: hash("a"), marker: 'sys_platform == "linux"' }),
    locked({ sha256: hash("b"), marker: 'sys_platform == "linux"' }),
  );
  const text = writePylock({ requiresPython: ">=3.9", environments: [], artifacts, findings: [] });
  const back = readPylock(text, "pylock.toml");
  expect(back.findings).toEqual([]);
  expect(back.requiresPython).toBe(">=3.9");
  const shown = (all: readonly LockedArtifact[]): unknown =>
    all.map(({ name, version, url, sha256, marker }) => [name, version, url, sha256, marker]).sort();
  expect(shown(back.artifacts)).toEqual(shown(artifacts));
});
