import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { giveToNobody, inBareRoot, staticShell } from "../support/bare-root.ts";
import { projectWith, pythonMinor, rung } from "../support/cli.ts";

const minutes = 60_000;
const files = {
  "rung.toml": `python = "${pythonMinor}"
[variables]
SUFFIX = { default = "!" }
[commands.make]
run = "python make.py"
outputs = ["out/made.txt"]
[commands.use]
run = "cat out/made.txt | tr a-z A-Z"
needs = ["make"]
[commands.fail]
run = "exit 7"
[commands.tests]
test = "python -m unittest -q tests/test_it.py"
[data."data/fetched.txt"]
url = ["file:///nowhere/fetched.txt", "file://MIRROR/fetched.txt"]
sha256 = "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447"
`,
  "make.py":
    'import os, six\nos.makedirs("out", exist_ok=True)\nopen("out/made.txt", "w").write("made by six %s%s\\n" % (six.__version__, os.environ["SUFFIX"]))\n',
  "tests/test_it.py":
    "import multiprocessing, subprocess, sys, unittest\n\nclass It(unittest.TestCase):\n    def test_children(self):\n        said = subprocess.check_output([sys.executable, '-c', 'import six, sys; print(sys.prefix)'])\n        self.assertEqual(said.decode().strip(), sys.prefix)\n        with multiprocessing.get_context('spawn').Pool(1) as pool:\n            self.assertEqual(pool.map(abs, [-1]), [1])\n",
  "requirements.txt": "six==1.16.0\n",
  ".env": "TOKEN=secret\n",
  [`${"deep/".repeat(40)}file.txt`]: "deep\n",
};

let project: ReturnType<typeof projectWith>;
let room: string;
let archive: string;

interface Written {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly platform: string;
}

function pack(root: string, output: string, ...more: readonly string[]): Written {
  const said = rung(["pack", root, "-o", output, "--json", ...more]);
  if (said.code !== 0) throw new Error(said.stdout + said.stderr);
  return JSON.parse(said.stdout) as Written;
}

/** The pack's folder, unpacked anew below a folder of this name. */
function unpacked(name: string, from = archive): string {
  const folder = path.join(room, name);
  fs.mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["--zstd", "-xf", from, "-C", folder]);
  giveToNobody(folder);
  return path.join(folder, fs.readdirSync(folder)[0] ?? "");
}

beforeAll(() => {
  project = projectWith(files);
  room = path.join(path.dirname(project.root), "room");
  fs.mkdirSync(room);
  fs.chmodSync(path.dirname(project.root), 0o755);
  fs.mkdirSync(path.join(project.root, "empty/folder"), { recursive: true });
  fs.symlinkSync("make.py", path.join(project.root, "link.py"));
  fs.chmodSync(path.join(project.root, "make.py"), 0o755);
  fs.writeFileSync(path.join(room, "fetched.txt"), "hello world\n");
  const config = path.join(project.root, "rung.toml");
  fs.writeFileSync(config, fs.readFileSync(config, "utf8").replace("MIRROR", room));
  const locked = rung(["lock", project.root]);
  if (locked.code !== 0) throw new Error(locked.stderr);
  archive = pack(project.root, path.join(room, "one.tar.zst")).path;
}, 5 * minutes);

afterAll(() => project[Symbol.dispose]());

test("a project without a lock is told how to get one", () => {
  using bare = projectWith({
    "requirements.txt": "six\n",
    "a.py": "",
    "rung.toml": '[commands.a]\nrun = "python a.py"\n',
  });
  const said = rung(["pack", bare.root]);
  expect(said.code).toBe(5);
  expect(said.stderr).toContain("rung climb 3");
});

test(
  "the same tree elsewhere gives the same bytes, and a pack names nothing of this machine",
  { timeout: 3 * minutes },
  () => {
    const copy = path.join(path.dirname(project.root), "else where é", "project");
    fs.cpSync(project.root, copy, { recursive: true, verbatimSymlinks: true });
    const through = ["env", "TZ=Asia/Tokyo", "LC_ALL=C", "/bin/sh", "-c", 'umask 077; exec "$@"', "sh"];
    const output = path.join(room, "two.tar.zst");
    const said = rung(["pack", copy, "-o", output, "--json"], { through });
    expect(said.code).toBe(0);
    expect(fs.readFileSync(output).equals(fs.readFileSync(archive))).toBe(true);
    const top = unpacked("traces");
    const told = spawnSync(
      "grep",
      ["-rlF", "-e", path.dirname(project.root), "-e", `${process.env["HOME"]}/`, top],
      {
        encoding: "utf8",
      },
    );
    // The mirror that the project itself names is its own.
    expect(told.stdout.trim()).toBe(`${top}/project/rung.toml`);
    fs.rmSync(path.join(room, "traces"), { recursive: true });
  },
);

test("links, empty folders, modes and long paths are there; secrets are not", () => {
  const top = unpacked("content");
  const within = (name: string): string => path.join(top, "project", name);
  expect(fs.readlinkSync(within("link.py"))).toBe("make.py");
  expect(fs.statSync(within("empty/folder")).isDirectory()).toBe(true);
  expect(fs.statSync(within("make.py")).mode & 0o777).toBe(0o755);
  expect(fs.readFileSync(within(`${"deep/".repeat(40)}file.txt`), "utf8")).toBe("deep\n");
  expect(fs.readFileSync(within("data/fetched.txt"), "utf8")).toBe("hello world\n");
  expect(fs.existsSync(within(".env"))).toBe(false);
  execFileSync("sha256sum", ["--quiet", "-c", "SHA256SUMS"], { cwd: top });
  const listed = spawnSync(path.join(top, "run"), ["--list"], { encoding: "utf8" });
  expect(listed.stdout.split("\n").map((line) => line.split("\t")[0])).toEqual([
    "make",
    "use",
    "fail",
    "tests",
    "",
  ]);
});

test("uv and pip install from the wheels alone", { timeout: 2 * minutes }, () => {
  const top = unpacked("wheels");
  const target = path.join(room, "target");
  const words = [
    "-m",
    "pip",
    "install",
    "-q",
    "--no-index",
    "--find-links",
    `${top}/wheels`,
    "--target",
    target,
    "six",
  ];
  execFileSync("python3", words, { stdio: "pipe" });
  expect(fs.existsSync(path.join(target, "six.py"))).toBe(true);
});

test("--verify names what was flipped, what is missing and what is extra", () => {
  const top = unpacked("flipped");
  const flipped = path.join(top, "project/make.py");
  fs.writeFileSync(flipped, fs.readFileSync(flipped, "utf8").replace("made", "mbde"));
  fs.rmSync(path.join(top, "project/requirements.txt"));
  fs.rmSync(path.join(top, "project/link.py"));
  fs.symlinkSync("elsewhere.py", path.join(top, "project/link.py"));
  fs.writeFileSync(path.join(top, "wheels/more.whl"), "");
  const said = spawnSync(path.join(top, "run"), ["--verify"], { encoding: "utf8" });
  expect(said.status).toBe(1);
  expect(said.stdout.split("\n").slice(0, 4)).toEqual([
    "differs: project/link.py",
    "differs: project/make.py",
    "missing: project/requirements.txt",
    "extra: wheels/more.whl",
  ]);
});

test("a delta gives the later pack, by rung and by hand", { timeout: 3 * minutes }, () => {
  const copy = path.join(path.dirname(project.root), "later", "project");
  fs.cpSync(project.root, copy, { recursive: true, verbatimSymlinks: true });
  fs.appendFileSync(path.join(copy, "make.py"), "# later\n");
  fs.rmSync(path.join(copy, "link.py"));
  fs.chmodSync(path.join(copy, "tests/test_it.py"), 0o755);
  const delta = pack(copy, path.join(room, "two.delta.tar.zst"), "--since", archive);
  const whole = pack(copy, path.join(room, "later.tar.zst"));
  expect(delta.bytes).toBeLessThan(whole.bytes / 20);
  const made = path.join(room, "made.tar.zst");
  expect(rung(["pack", "--since", archive, "--apply", delta.path, "-o", made]).code).toBe(0);
  expect(fs.readFileSync(made).equals(fs.readFileSync(whole.path))).toBe(true);
  const top = unpacked("by-hand");
  execFileSync("tar", ["--zstd", "-xf", delta.path, "-C", path.dirname(top)]);
  const applied = spawnSync(path.join(top, "run"), ["--apply"], { encoding: "utf8" });
  expect(applied.stdout).toContain("removed: 2\nas they were packed: all ");
  expect(applied.status).toBe(0);
  expect(rung(["pack", "--since", made, "--apply", delta.path, "-o", `${made}.tar.zst`]).code).toBe(2);
});

describe.skipIf(staticShell === undefined)("in a bare root, without a network, as nobody", () => {
  const at = "/mnt/a b é";
  const run = `"${at}/run"`;

  test(
    "commands run after those that they need, their exit code is handed on",
    { timeout: 3 * minutes },
    () => {
      const folder = unpacked("bare");
      const used = inBareRoot(`${run} use`, { folder, at });
      expect([used.stdout, used.code]).toEqual(["MADE BY SIX 1.16.0!\n", 0]);
      expect(fs.readFileSync(path.join(folder, "project/out/made.txt"), "utf8")).toBe(
        "made by six 1.16.0!\n",
      );
      expect(inBareRoot(`${run} fail`, { folder, at }).code).toBe(7);
      const tests = inBareRoot(`${run} tests`, { folder, at });
      expect([tests.stderr.includes("OK"), tests.code]).toEqual([true, 0]);
      expect(inBareRoot(`${run} nothing`, { folder, at })).toMatchObject({
        code: 2,
        stderr: "run: there is no command nothing; there are: make, use, fail, tests\n",
      });
      // Moved after its first use, and given another value.
      const moved = { folder, at: "/elsewhere", environment: { SUFFIX: "?" } };
      expect(inBareRoot("/elsewhere/run use", moved).stdout).toBe("MADE BY SIX 1.16.0?\n");
    },
  );

  test("a folder that cannot be written to runs with --out", { timeout: 3 * minutes }, () => {
    const folder = unpacked("read-only");
    const place = { folder, at, readOnly: true };
    expect(inBareRoot(`${run} use`, place)).toMatchObject({ code: 2, stdout: "" });
    const line = `${run} --out "/tmp/o é" use && read -r made < "/tmp/o é/out/made.txt" && echo "$made"`;
    expect(inBareRoot(line, place).stdout).toBe("MADE BY SIX 1.16.0!\nmade by six 1.16.0!\n");
    expect(fs.existsSync(path.join(folder, "project/out"))).toBe(false);
  });
});
