import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Manifest } from "../../model/index.ts";
import { readManifests } from "../index.ts";

const read = (file: string, files: Readonly<Record<string, string>>): Manifest | undefined =>
  readManifests([file], (name) => files[name] ?? null)[0];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What each tool takes the hash of: the text that Python's json.dumps makes of these tables. */
const cases = [
  {
    lock: "poetry.lock",
    manifest: "pyproject.toml",
    declared: '[tool.poetry]\nname = "a"\n\n[tool.poetry.dependencies]\npython = "^3.10"\nnumpy = "^2"\n',
    place: "pyproject.toml:4",
    hashed:
      '{"dependencies": {"numpy": "^2", "python": "^3.10"}, "dev-dependencies": null, "extras": null, "source": null}',
    text: (hash: string) =>
      `package = []\n\n[metadata]\nlock-version = "2.0"\npython-versions = "^3.10"\ncontent-hash = "${hash}"\n`,
    line: 6,
  },
  {
    lock: "poetry.lock",
    manifest: "pyproject.toml",
    declared:
      '[project]\nname = "é"\nrequires-python = ">=3.10"\ndependencies = ["é"]\n\n[dependency-groups]\ndev = ["x"]\n',
    place: "pyproject.toml:4",
    hashed:
      '{"dependency-groups": {"dev": ["x"]}, "project": {"dependencies": ["\\u00e9"], "requires-python": ">=3.10"}, "tool": {"poetry": {}}}',
    text: (hash: string) => `package = []\n\n[metadata]\nlock-version = "2.1"\ncontent-hash = "${hash}"\n`,
    line: 5,
  },
  {
    lock: "pdm.lock",
    manifest: "pyproject.toml",
    declared: '[project]\ndependencies = ["numpy"]\n\n[dependency-groups]\nDev_Tools = ["x"]\n',
    place: "pyproject.toml:2",
    hashed:
      '{"dependencies": ["numpy"], "dev-dependencies": {"dev-tools": ["x"]}, "optional-dependencies": {}, "requires-python": "", "resolution": {}, "sources": []}',
    text: (hash: string) => `[metadata]\nlock_version = "4.5.0"\ncontent_hash = "sha256:${hash}"\n`,
    line: 3,
  },
  {
    lock: "Pipfile.lock",
    manifest: "Pipfile",
    declared: '[packages]\nnumpy = "*"\n\n[docs]\nsphinx = {version = "*", extras = ["x"]}\n',
    place: "Pipfile:1",
    hashed:
      '{"_meta":{"requires":{},"sources":[{"name":"pypi","url":"https://pypi.org/simple","verify_ssl":true}]},"default":{"numpy":"*"},"develop":{},"docs":{"sphinx":{"extras":["x"],"version":"*"}}}',
    text: (hash: string) =>
      `{"_meta": {\n"hash": {"sha256": "${hash}"}, "pipfile-spec": 6}, "default": {}}\n`,
    line: 2,
  },
] as const;

test.each(cases)(
  "$lock beside $manifest: up to date until it changes",
  ({ lock, manifest, declared, ...rest }) => {
    const text = rest.text(sha256(rest.hashed));
    expect(read(lock, { [lock]: text, [manifest]: declared })?.findings).toEqual([]);
    expect(read(lock, { [lock]: text })?.findings).toEqual([]);
    const changed = read(lock, {
      [lock]: text,
      [manifest]: declared.replace("numpy", "scipy").replace("é", "e"),
    });
    // The project's name is no part of what is hashed: only dependencies are.
    const findings = changed?.findings ?? [];
    if (declared.includes("é")) expect(findings).toEqual([]);
    else {
      expect(findings).toMatchObject([
        { rule: "lock-out-of-date", file: lock, line: rest.line, severity: "warning" },
      ]);
      expect(findings[0]?.message).toContain(rest.place);
    }
  },
);

test("a manifest that is not TOML gives no verdict on the lock", () => {
  for (const { lock, manifest, text } of cases) {
    expect(read(lock, { [lock]: text(sha256("")), [manifest]: "= [" })?.findings).toEqual([]);
  }
});
