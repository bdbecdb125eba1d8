import { expect, test } from "vitest";
import { readManifests } from "../index.ts";

const read = (path: string, text: string) => readManifests([path], () => text)[0];

const head = 'lock-version = "1.0"\nrequires-python = "==3.12.*"\ncreated-by = "test"\n\n';

test("a lock names each version with its hashes", () => {
  const manifest = read(
    "pylock.toml",
    `${head}[[packages]]
name = "NumPy"
version = "2.1.0"
marker = "python_version >= '3.10'"
sdist = { name = "numpy-2.1.0.tar.gz", url = "https://example.org/s", hashes = { sha256 = "aa" } }
wheels = [{ url = "https://example.org/w", hashes = { sha256 = "bb" } }]

[[packages]]
name = "lib"
version = "1"
vcs = { type = "git", url = "https://example.org/lib.git", commit-id = "${"a".repeat(40)}" }
`,
  );
  expect(manifest).toMatchObject({ isLock: true, python: { specifier: "==3.12.*", location: { line: 2 } } });
  expect(manifest?.requirements).toMatchObject([
    {
      name: "numpy",
      specifier: "==2.1.0",
      hashes: ["sha256:bb", "sha256:aa"],
      marker: "python_version >= '3.10'",
    },
    { name: "lib", url: `git+https://example.org/lib.git@${"a".repeat(40)}` },
  ]);
  expect(manifest?.findings).toEqual([]);
});

test("a lock of another version, and one that is no TOML, are said", () => {
  expect(read("pylock.toml", 'lock-version = "9.0"\n')?.findings).toMatchObject([
    { rule: "lock-invalid", line: 1 },
  ]);
  expect(read("pylock.toml", "x = \n")?.findings).toMatchObject([{ rule: "lock-invalid", line: 1 }]);
});

test("uv.lock gives the same shape without the project itself", () => {
  const manifest = read(
    "uv.lock",
    `version = 1
requires-python = ">=3.10"

[[package]]
name = "mine"
version = "0.1"
source = { virtual = "." }

[[package]]
name = "numpy"
version = "2.1.0"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://example.org/w", hash = "sha256:bb" }]

[[package]]
name = "lib"
version = "1"
source = { git = "https://example.org/lib.git?rev=v1#${"b".repeat(40)}" }
`,
  );
  expect(manifest).toMatchObject({ isLock: true, python: { specifier: ">=3.10", location: { line: 2 } } });
  expect(manifest?.requirements.map((r) => [r.name, r.specifier, r.url])).toEqual([
    ["numpy", "==2.1.0", null],
    ["lib", "==1", `git+https://example.org/lib.git@${"b".repeat(40)}`],
  ]);
});
