import { describe, expect, test } from "vitest";
import { addRequirements, isPinned, pinRequirements, readManifests } from "../index.ts";
import type { Manifest } from "../../model/index.ts";

function read(files: Readonly<Record<string, string>>, path = "requirements.txt"): Manifest {
  const [manifest] = readManifests([path], (asked) => files[asked] ?? null);
  if (manifest === undefined) throw new Error(`${path} was not read`);
  return manifest;
}

const one = (line: string) => read({ "requirements.txt": line }).requirements[0];

describe("one line", () => {
  test.each([
    ["Flask_Cors>=3,<4", { name: "flask-cors", specifier: ">=3,<4" }],
    [
      "requests[security, socks] == 2.31.0 ; python_version < '3.12'",
      {
        name: "requests",
        extras: ["security", "socks"],
        specifier: "==2.31.0",
        marker: "python_version < '3.12'",
      },
    ],
    ["numpy (>=1.20)", { name: "numpy", specifier: ">=1.20" }],
    ["numpy # why", { name: "numpy", specifier: "" }],
    [
      "pkg @ https://example.org/pkg-1.0.zip#sha256=ab ; os_name == 'posix'",
      { name: "pkg", url: "https://example.org/pkg-1.0.zip#sha256=ab", marker: "os_name == 'posix'" },
    ],
    [
      "git+https://example.org/x/y.git@v1#egg=Some_Thing",
      { name: "some-thing", url: "git+https://example.org/x/y.git@v1#egg=Some_Thing" },
    ],
    ["-e .[test]", { name: "", url: ".", extras: ["test"], editable: true }],
    ["-e git+ssh://git@example.org/x.git#egg=x", { name: "x", editable: true }],
    ["./wheels/thing-1.2-py3-none-any.whl", { name: "thing", url: "./wheels/thing-1.2-py3-none-any.whl" }],
    ["torch --hash=sha256:aa --hash=sha256:bb", { name: "torch", hashes: ["sha256:aa", "sha256:bb"] }],
  ])("%s", (line, expected) => {
    expect(one(line)).toMatchObject(expected);
  });

  test.each([
    ["a==1.0", true],
    ["a===1.0", true],
    ["a==1.*", false],
    ["a>=1.0", false],
    ["a", false],
    [`a @ git+https://example.org/a@${"0".repeat(40)}`, true],
    ["a @ git+https://example.org/a@main", false],
    ["a @ https://example.org/a.zip#sha256=0f", true],
    ["a @ https://example.org/a.zip", false],
    ["-e .", true],
    ["-e ../other", false],
  ])("%s pinned: %s", (line, pinned) => {
    const requirement = one(line);
    expect(requirement === undefined ? null : isPinned(requirement)).toBe(pinned);
  });
});

test("options, comments, joined lines and byte order mark", () => {
  const manifest = read({
    "requirements.txt":
      "\ufeff--index-url https://example.org/simple\n# pandas==1\n\npandas==\\\n  2.0 \\\n  --hash=sha256:00\nnumpy\n",
  });
  expect(manifest.findings).toEqual([]);
  expect(manifest.requirements.map((r) => [r.name, r.specifier, r.location.line])).toEqual([
    ["pandas", "==2.0", 4],
    ["numpy", "", 7],
  ]);
});

test("included files keep their own places; constraints are told apart; a circle ends", () => {
  const manifest = read({
    "requirements.txt": "-r requirements/base.txt\n-c constraints.txt\n",
    "requirements/base.txt": "\nnumpy\n-r ../requirements.txt\n",
    "constraints.txt": "numpy<2\n",
  });
  expect(manifest.requirements.map((r) => r.location)).toEqual([{ file: "requirements/base.txt", line: 2 }]);
  expect(manifest.constraints.map((r) => r.specifier)).toEqual(["<2"]);
});

test.each([
  ["numpy\n-r gone.txt\n", "requirements-include-missing", 2],
  ["numpy\npan\0das\n", "requirements-nul", 2],
  ["numpy\nthis is no requirement\n", "requirement-invalid", 2],
  ["numpy\n--no-such-option\n", "requirement-invalid", 2],
  ["numpy\n-e /home/me/code\n", "requirement-outside-tree", 2],
  ["numpy\n--index-url https://${TOKEN}@example.org\n", "requirements-variable", 2],
  ["numpy\n--index-url https://me:secret@example.org\n", "requirements-credential", 2],
])("%j is a finding", (text, rule, line) => {
  const manifest = read({ "requirements.txt": text });
  expect(manifest.findings.map((finding) => [finding.rule, finding.line])).toEqual([[rule, line]]);
  expect(manifest.requirements[0]?.name).toBe("numpy");
});

test("the example of pip's own documentation reads as pip reads it", () => {
  const manifest = read({
    "requirements.txt": `--only-binary=:all:
requests [security,tests] >= 2.8.1, == 2.8.* ; python_version < "2.7"  # c
urllib3 @ https://example.org/1.26.8.zip
FooProject == 1.2 \\
  --hash=sha256:2cf2 \\
  --hash=sha256:486e
docopt == 0.6.1             # must be 0.6.1
git+https://example.org/MyProject.git@da39a3ee5e6b4b0d3255bfef95601890afd80709#egg=MyProject
`,
  });
  expect(manifest.findings).toEqual([]);
  expect(manifest.requirements.map((r) => [r.name, r.specifier, r.hashes.length])).toEqual([
    ["requests", ">=2.8.1,==2.8.*", 0],
    ["urllib3", "", 0],
    ["fooproject", "==1.2", 2],
    ["docopt", "==0.6.1", 0],
    ["myproject", "", 0],
  ]);
});

test("UTF-16, as PowerShell writes it, is read and said", () => {
  const bytes = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from("pandas==2.0\r\nnumpy\r\n", "utf16le"),
  ]);
  const manifest = read({ "requirements.txt": bytes.toString("utf8") });
  expect(manifest.requirements.map((r) => r.name)).toEqual(["pandas", "numpy"]);
  expect(manifest.findings.map((finding) => finding.rule)).toEqual(["requirements-utf16"]);
});

test("what pip-compile wrote and what is hashed throughout is a lock; the group comes from the name", () => {
  expect(
    read({ "requirements.txt": "#\n# This file is autogenerated by pip-compile\n#\na==1\n" }).isLock,
  ).toBe(true);
  expect(read({ "requirements.txt": "a==1 --hash=sha256:00\n" }).isLock).toBe(true);
  expect(read({ "requirements.txt": "a==1\n" }).isLock).toBe(false);
  expect(read({ "requirements-dev.txt": "a" }, "requirements-dev.txt").requirements[0]?.group).toBe("dev");
  expect(read({ "requirements/base.txt": "a" }, "requirements/base.txt").requirements[0]?.group).toBe("");
});

describe("edits", () => {
  const pins = new Map([
    ["numpy", "2.1.0"],
    ["requests", "2.32.3"],
    ["pandas", "2.2.3"],
  ]);

  test("pinning keeps extras, markers, comments, order and line endings", () => {
    const before =
      "# data\r\nNumPy>=1.20,<3  # arrays\r\nrequests[socks] ; python_version < '4'\r\n\r\n-r other.txt\r\npandas==2.2.3\r\nscipy\r\npkg @ https://example.org/numpy.zip";
    expect(pinRequirements("requirements.txt", before, pins)).toBe(
      "# data\r\nNumPy==2.1.0  # arrays\r\nrequests[socks]==2.32.3 ; python_version < '4'\r\n\r\n-r other.txt\r\npandas==2.2.3\r\nscipy\r\npkg @ https://example.org/numpy.zip",
    );
  });

  test("the hashes of another version go", () => {
    const before = "numpy==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nother\n";
    expect(pinRequirements("requirements.txt", before, pins)).toBe("numpy==2.1.0\nother\n");
  });

  test("adding leaves out what is there, and ends the last line first", () => {
    expect(addRequirements("requirements.txt", "numpy>=1", ["numpy==2", "scipy==1.14"])).toBe(
      "numpy>=1\nscipy==1.14\n",
    );
    expect(addRequirements("requirements.txt", null, ["scipy==1.14"])).toBe("scipy==1.14\n");
    expect(addRequirements("requirements.txt", "a\r\n", ["b"])).toBe("a\r\nb\r\n");
  });
});
