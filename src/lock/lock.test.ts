import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { assert, property, string } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Requirement } from "../model/index.ts";
import { chooseInterpreter, environmentFromLock } from "../environments/index.ts";
import { temporaryDirectory, writeAtomic } from "../system/index.ts";
import { checkOnline, coversRequirements, inspectLock, missingFromLock, resolveLock } from "./index.ts";

const room = temporaryDirectory("lock");
const quiet = (): void => {};
const cacheBefore = process.env["RUNG_CACHE"];
beforeAll(() => {
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
});
afterAll(() => {
  if (cacheBefore === undefined) delete process.env["RUNG_CACHE"];
  else process.env["RUNG_CACHE"] = cacheBefore;
  room[Symbol.dispose]();
});

const hash = (letter: string): string => letter.repeat(64);
const sha = (letter: string): string => `hashes = { sha256 = "${hash(letter)}" }`;
const lockText = (packages: string): string =>
  `lock-version = "1.0"\ncreated-by = "uv"\nrequires-python = "==3.11.*"\n\n${packages}`;
const requirement = (name: string, specifier: string, marker: string | null = null): Requirement => ({
  name,
  ecosystem: "pypi" as const,
  extras: [],
  specifier,
  marker,
  url: null,
  editable: false,
  hashes: [],
  group: "",
  raw: name + specifier,
  location: { file: "requirements.txt", line: 3 },
});
const wheel = (tag: string): string => `{ url = "https://x.org/a-1-${tag}.whl", ${sha("a")} }`;
const versions = (text: string): unknown =>
  new Set(inspectLock(text, "pylock.toml").artifacts.map(({ name, version }) => `${name} ${version}`));
const linux = { platforms: ["linux-x86_64"] } as const;

describe("what the locked packages need", () => {
  const text = lockText(`[[packages]]
name = "server"
version = "1.0"
wheels = [${wheel("py3-none-any")}]
`);
  const one = (
    name: string,
    version: string,
    requires: readonly string[] = [],
    extras: readonly string[] = [],
  ) => ({
    name,
    version,
    requires,
    extras,
  });
  const said = (
    installed: ReturnType<typeof one>[],
    declared: readonly Requirement[] = [],
    root = room.path,
  ): readonly (readonly [string, number | null])[] =>
    missingFromLock({ lock: { path: "pylock.toml", text }, installed, declared, python: "3.11.7", root }).map(
      ({ message, line }) => [message, line] as const,
    );

  test("what is absent or too old is named with the line of the package that needs it", () => {
    const server = one("server", "1.0", ["Core_Lib>=2", "idna (>=3,<4)", "old; python_version < '3.8'"]);
    expect(said([server, one("idna", "2.10")])).toEqual([
      ["server 1.0 needs core-lib>=2, and the lock has none.", 8],
      ["server 1.0 needs idna>=3,<4, and the lock has 2.10.", 8],
    ]);
    expect(said([server, one("idna", "3.7"), one("core-lib", "2.0")])).toEqual([]);
  });

  test("extras count where they are asked for, by the project or by a package", () => {
    const server = one(
      "server",
      "1.0",
      ["tls; extra == 'Secure_Mode'", "tests; extra == 'test'"],
      ["Secure_Mode"],
    );
    const asked = { ...requirement("server", "==1.0"), extras: ["secure-mode"] };
    expect(said([server])).toEqual([]);
    expect(said([server], [asked])).toEqual([["server 1.0 needs tls, and the lock has none.", 8]]);
    expect(said([server, one("app", "1", ["server[secure_mode]"])])).toHaveLength(1);
  });

  test("what the owner overrides for uv is not held against the lock", () => {
    const root = path.join(room.path, "overriding");
    writeAtomic(path.join(root, "pyproject.toml"), '[tool.uv]\noverride-dependencies = ["idna==2.10"]\n');
    expect(said([one("server", "1.0", ["idna>=3"]), one("idna", "2.10")], [], root)).toEqual([]);
  });

  test("arbitrary metadata never throws", () => {
    assert(property(string(), (field) => Array.isArray(said([one("server", "1.0", [field])]))));
  });
});

describe("inspecting", () => {
  test("faults are named with their lines", () => {
    const text = lockText(`[[packages]]
name = "good"
version = "1.0"
wheels = [{ url = "https://x.org/good-1.0-py3-none-any.whl", ${sha("a")} }]

[[packages]]
name = "source"
version = "1.0"
sdist = { url = "https://x.org/source-1.0.tar.gz", ${sha("b")} }

[[packages]]
name = "bare"
version = "2.0"
wheels = [{ url = "https://x.org/bare-2.0-py3-none-any.whl", hashes = {} }]

[[packages]]
name = "moving"
vcs = { type = "git", url = "https://x.org/moving.git", commit-id = "main" }

[[packages]]
name = "windows"
version = "1"
marker = "sys_platform == 'win32'"
sdist = { url = "https://x.org/windows-1.tar.gz", ${sha("c")} }
`);
    const { findings, artifacts, requiresPython } = inspectLock(text, "pylock.toml", linux);
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ["lock-sdist-only", 13],
      ["lock-missing-hash", 18],
      ["lock-vcs-unpinned", 21],
      ["lock-sdist-only", 21],
    ]);
    expect(requiresPython).toBe("==3.11.*");
    expect(artifacts[0]).toMatchObject({
      name: "good",
      filename: "good-1.0-py3-none-any.whl",
      line: 8,
      kind: "wheel",
    });
  });

  test("a platform or a Python without a wheel is a fault only where it is needed", () => {
    const text = lockText(
      `[[packages]]\nname = "a"\nversion = "1"\nwheels = [${wheel("cp311-cp311-manylinux_2_17_x86_64")}, ${wheel("cp38-abi3-macosx_11_0_universal2")}]\n`,
    );
    const rules = (platforms: never[] | string[], python?: string): number =>
      inspectLock(text, "pylock.toml", {
        platforms: platforms as never,
        ...(python === undefined ? {} : { python }),
      }).findings.length;
    expect(rules(["linux-x86_64", "macos-arm64", "macos-x86_64"])).toBe(0);
    expect(rules(["windows-x86_64"])).toBe(1);
    expect(rules(["linux-x86_64"], "3.12")).toBe(1);
    expect(rules(["macos-arm64"], "3.12")).toBe(0);
  });

  test("requirements with hashes are read as a lock", () => {
    const text = `# made by hand\nsix==1.16.0 ; python_version >= "3" \\\n    --hash=sha256:${hash("a")} \\\n    --hash=sha256:${hash("b")}\nidna==3.7\nloose>=1\ngit @ git+https://x.org/git.git@main\n`;
    const { artifacts, findings } = inspectLock(text, "requirements.txt", linux);
    expect(
      artifacts.map(({ name, version, sha256, line }) => [name, version, sha256.slice(0, 1), line]),
    ).toEqual([
      ["six", "1.16.0", "a", 2],
      ["six", "1.16.0", "b", 2],
      ["idna", "3.7", "", 5],
      ["git", "", "", 7],
    ]);
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ["lock-invalid", 6],
      ["lock-missing-hash", 5],
      ["lock-vcs-unpinned", 7],
      ["lock-sdist-only", 7],
    ]);
  });

  test("arbitrary text never throws, and is no valid pylock", () => {
    assert(
      property(string(), string(), (text, more) => {
        inspectLock(text, "requirements.txt");
        inspectLock(lockText(`[[packages]]\n${text}\n${more}`), "pylock.toml");
        expect(inspectLock(text, "pylock.toml").findings.map(({ rule }) => rule)).toEqual(["lock-invalid"]);
      }),
    );
    const odd = 'lock-version = "1.0"\npackages = [1, {name = 3, wheels = "x", sdist = [], vcs = {}}]';
    expect(inspectLock(odd, "pylock.toml").findings.length).toBeGreaterThan(0);
  });

  test("what is declared must be in the lock, in a version that it admits", () => {
    const lock = inspectLock(
      lockText(
        `[[packages]]\nname = "a-b"\nversion = "2.0rc1"\nwheels = [{ url = "https://x.org/a_b-2.0rc1-py3-none-any.whl", ${sha("a")} }]\n`,
      ),
      "pylock.toml",
    );
    const rules = (...declared: readonly Requirement[]): readonly string[] =>
      coversRequirements(lock, declared).map(({ message }) => message);
    expect(rules(requirement("a-b", ">=1"), requirement("A_B", ""))).toEqual([]);
    expect(rules(requirement("a-b", "==1.0"))).toEqual(["a-b==1.0 is declared, and the lock has 2.0rc1."]);
    expect(rules(requirement("c", ""))).toEqual(["c is declared and not in the lock."]);
    expect(rules(requirement("c", "", "python_version < '3.8'"), requirement("", ""))).toEqual([]);
  });
});

describe("asking the index", () => {
  const pages: Record<string, string> = {
    "/simple/kept/": `<a href="/kept-1-py3-none-any.whl#sha256=${hash("a")}">kept-1-py3-none-any.whl</a>`,
    "/simple/yanked/": JSON.stringify({
      files: [
        {
          filename: "yanked-1.tar.gz",
          url: "yanked-1.tar.gz",
          hashes: { sha256: hash("b") },
          yanked: "broken",
        },
      ],
    }),
    "/simple/changed/": `<a href="changed-1.tar.gz#sha256=${hash("0")}">changed-1.tar.gz</a>`,
  };
  const server = http.createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? "");
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => server.close());

  test("what is gone, changed or yanked is found, once a package", async () => {
    const text = lockText(`[[packages]]
name = "kept"
version = "1"
wheels = [{ url = "https://x.org/kept-1-py3-none-any.whl", ${sha("a")} }]
[[packages]]
name = "yanked"
version = "1"
sdist = { url = "https://x.org/yanked-1.tar.gz", ${sha("b")} }
[[packages]]
name = "changed"
version = "1"
sdist = { url = "https://x.org/changed-1.tar.gz", ${sha("c")} }
[[packages]]
name = "gone"
version = "1"
sdist = { url = "https://x.org/gone-1.tar.gz", ${sha("d")} }
`);
    const index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
    const findings = await checkOnline(text, index, quiet);
    expect(findings.map(({ rule, severity, line }) => [rule, severity, line])).toEqual([
      ["lock-artifact-yanked", "warning", 12],
      ["lock-artifact-gone", "error", 16],
      ["lock-artifact-gone", "error", 20],
    ]);
    expect(findings[0]?.message).toContain("(broken)");
  });

  test("no answer stops with NETWORK_UNAVAILABLE", async () => {
    const text = lockText(
      `[[packages]]\nname = "a"\nversion = "1"\nsdist = { url = "https://x.org/a-1.tar.gz", ${sha("d")} }\n`,
    );
    await expect(checkOnline(text, "http://127.0.0.1:1", quiet)).rejects.toMatchObject({
      code: "NETWORK_UNAVAILABLE",
    });
  });
});

test("a lock resolves, is the same twice, keeps its versions and installs", async () => {
  const root = path.join(room.path, "project");
  writeAtomic(path.join(root, "requirements.txt"), "idna\nsix==1.16.0\n");
  const interpreter = await chooseInterpreter(null);
  const python = interpreter.version.split(".").slice(0, 2).join(".");
  const base = { root, files: ["requirements.txt"], python, interpreter };
  const old = await resolveLock({ ...base, platforms: "universal", excludeNewer: "2024-06-01" }, quiet);
  const again = await resolveLock({ ...base, platforms: "universal", excludeNewer: "2024-06-01" }, quiet);
  expect(again.text).toBe(old.text);
  expect(old.packages).toBe(2);
  expect(old.text).not.toContain(room.path);
  expect(old.text).toContain(`requires-python = "==${python}.*"`);
  const kept = await resolveLock(
    { ...base, platforms: ["linux-x86_64", "macos-arm64"], existing: old.text },
    quiet,
  );
  expect(versions(kept.text)).toEqual(versions(old.text));
  const moved = await resolveLock(
    { ...base, platforms: "universal", existing: old.text, upgrade: true },
    quiet,
  );
  expect(versions(moved.text)).not.toEqual(versions(old.text));
  const lockPath = path.join(root, "pylock.toml");
  writeAtomic(lockPath, kept.text);
  const environment = await environmentFromLock({ lockPath, interpreter }, quiet);
  expect(environment).toMatchObject({ source: "lock", packages: { idna: "3.7", six: "1.16.0" } });
  await expect(
    resolveLock({ ...base, python: "three", platforms: "universal" }, quiet),
  ).rejects.toMatchObject({
    code: "LOCK_FAILED",
  });
});
