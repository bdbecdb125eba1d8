import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseRequirement } from "../../manifests/index.ts";
import { formatOfLock, readPylock } from "../formats/lock-formats.ts";
import { exportFormats } from "./export-formats.ts";
import type { ExportSource } from "./export-format.ts";

const sha = (letter: string): string => `hashes = { sha256 = "${letter.repeat(64)}" }`;
const pylock = `lock-version = "1.0"
created-by = "rung"
requires-python = "==3.11.*"

[[packages]]
name = "server"
version = "1.0"
sdist = { url = "https://x.org/server-1.0.tar.gz", ${sha("b")} }
wheels = [{ url = "https://x.org/server-1.0-py3-none-any.whl", ${sha("a")} }]

[[packages]]
name = "tls"
version = "2.0"
marker = "sys_platform == 'win32'"
index = "https://own.org/simple"
wheels = [{ url = "https://own.org/tls-2.0-py3-none-any.whl", ${sha("c")} }]

[[packages]]
name = "moving"
vcs = { type = "git", url = "https://x.org/moving.git", commit-id = "${"0".repeat(40)}" }
`;
const declared = ["server[secure]", "moving"].flatMap(
  (text) => parseRequirement(text, { location: { file: "requirements.txt", line: 1 } }) ?? [],
);
const metadata = (name: string, version: string, requires: readonly string[], licence: string) =>
  [
    `${name} ${version}`,
    { name, version, requires, extras: ["secure"], licence: { expression: licence } },
  ] as const;
const source: ExportSource = {
  project: "paper",
  lockPath: "poetry.lock",
  fileName: null,
  pylock,
  content: readPylock(pylock, "pylock.toml"),
  python: "3.11",
  declared,
  channels: [],
  metadata: new Map([
    metadata("server", "1.0", ["tls; sys_platform == 'win32' and extra == 'secure'"], "MIT"),
    metadata("tls", "2.0", [], "Apache-2.0 OR BSD-3-Clause"),
  ]),
  toolVersion: "0.1.0",
};
const textOf = (id: string, from = source): string =>
  exportFormats.find((format) => format.id === id)?.write(from).text ?? "";

describe.each(exportFormats.map((format) => [format.id, format] as const))("%s", (_id, format) => {
  test("gives the same text twice, whatever the order of the lock", () => {
    const turned = {
      ...source,
      content: { ...source.content, artifacts: source.content.artifacts.toReversed() },
    };
    const { text } = format.write(source);
    expect(format.write(source).text).toBe(text);
    expect(format.write(turned).text).toBe(text);
    expect(text.endsWith("\n")).toBe(true);
  });

  test("names every package with its version", () => {
    const { text } = format.write(source);
    for (const name of ["server", "tls", "moving"]) expect(text).toContain(name);
    for (const version of ["1.0", "2.0", "0".repeat(40)]) expect(text).toContain(version);
  });

  test("an empty lock is no fault", () => {
    const content = { ...source.content, artifacts: [] };
    expect(format.write({ ...source, content, declared: [] }).findings).toEqual([]);
  });
});

test("requirements with hashes are read back as the same lock", () => {
  const { artifacts, indexes } = formatOfLock("requirements.txt").read(
    textOf("requirements"),
    "requirements.txt",
    [],
  );
  expect(
    artifacts.map(({ name, version, sha256, marker }) => [name, version, sha256.slice(0, 1), marker]),
  ).toEqual([
    ["moving", "", "", null],
    ["server", "1.0", "a", null],
    ["server", "1.0", "b", null],
    ["tls", "2.0", "c", "sys_platform == 'win32'"],
  ]);
  expect(indexes).toEqual(["https://own.org/simple"]);
});

test("requirements say how they are installed, by the name that they are written under", () => {
  expect(textOf("requirements")).toContain("--require-hashes -r requirements.txt\n");
  const named = textOf("requirements", { ...source, fileName: "my locks.txt" });
  expect(named).toContain("--require-hashes -r 'my locks.txt'\n");
});

test("what has no hash is said, with its line in the lock", () => {
  const findings = exportFormats.find(({ id }) => id === "requirements")?.write(source).findings ?? [];
  expect(findings.map(({ rule, severity, line }) => [rule, severity, line])).toEqual([
    ["export-without-hash", "warning", 19],
  ]);
});

test("environment.yml holds the Python, conda packages by conda and the rest under pip", () => {
  const numpy = { ...declared[0], name: "numpy", raw: "numpy=1.26", ecosystem: "conda" as const };
  const from = { ...source, declared: [...declared, numpy as (typeof declared)[0]], channels: ["bioconda"] };
  expect(parse(textOf("environment", from))).toEqual({
    name: "paper",
    channels: ["bioconda"],
    dependencies: [
      "python=3.11",
      "numpy=1.26",
      "pip",
      {
        pip: [
          `moving @ git+https://x.org/moving.git@${"0".repeat(40)}`,
          "server==1.0",
          "tls==2.0 ; sys_platform == 'win32'",
        ],
      },
    ],
  });
});

test("the SBOM has purls, hashes, licences and who needs whom, extras and platforms included", () => {
  const bom = JSON.parse(textOf("cyclonedx")) as {
    serialNumber: string;
    components: {
      purl: string;
      licenses?: unknown;
      externalReferences: { url: string; hashes?: unknown }[];
    }[];
    dependencies: unknown;
  };
  expect(bom.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
  );
  const moving = `pkg:pypi/moving?vcs_url=${encodeURIComponent(`git+https://x.org/moving.git@${"0".repeat(40)}`)}`;
  expect(bom.components.map(({ purl, licenses }) => [purl, licenses])).toEqual([
    [moving, undefined],
    ["pkg:pypi/server@1.0", [{ expression: "MIT" }]],
    ["pkg:pypi/tls@2.0", [{ expression: "Apache-2.0 OR BSD-3-Clause" }]],
  ]);
  expect(bom.components[2]?.externalReferences).toEqual([
    {
      type: "distribution",
      url: "https://own.org/tls-2.0-py3-none-any.whl",
      hashes: [{ alg: "SHA-256", content: "c".repeat(64) }],
    },
  ]);
  expect(bom.dependencies).toEqual([
    { ref: "project", dependsOn: [moving, "pkg:pypi/server@1.0"] },
    { ref: moving, dependsOn: [] },
    { ref: "pkg:pypi/server@1.0", dependsOn: ["pkg:pypi/tls@2.0"] },
    { ref: "pkg:pypi/tls@2.0", dependsOn: [] },
  ]);
});
