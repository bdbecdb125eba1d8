import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listInterpreters } from "../../environments/index.ts";
import { thisLockPlatform, type LockPlatform } from "../../lock/index.ts";
import type { Interpreter } from "../../model/index.ts";
import { findProgram, sha256, temporaryDirectory } from "../../system/index.ts";
import type { Member } from "../tree/member.ts";
import { planRuntime } from "./plan-runtime.ts";
import type { BuiltRuntime, RuntimePlan, RuntimeRequest } from "./runtime-plan.ts";

const room = temporaryDirectory("runtime");
afterAll(() => room[Symbol.dispose]());

const platform = thisLockPlatform();
const pythons = platform?.startsWith("linux-") === true ? await listInterpreters() : [];
/** A shell that needs no library, so that nothing of this machine is in the room but its kernel. */
const shell = ["/usr/bin/busybox", "/bin/mksh-static", "/bin/bash-static"].find((file) =>
  fs.existsSync(file),
);
const bubblewrap = findProgram("bwrap");

function plan(interpreter: Interpreter, more: Partial<RuntimeRequest> = {}): Promise<RuntimePlan> {
  return planRuntime({
    interpreter,
    platform: platform ?? "linux-x86_64",
    programs: [],
    wheelLibraries: [],
    workDirectory: room.path,
    progress: () => {},
    ...more,
  });
}

async function built(interpreter: Interpreter, more: Partial<RuntimeRequest> = {}): Promise<BuiltRuntime> {
  const found = await plan(interpreter, more);
  if (found.part === null) throw new Error(JSON.stringify(found.findings));
  return found;
}

const bytesOf = ({ content }: Member): Buffer =>
  content === null ? Buffer.alloc(0) : "path" in content ? fs.readFileSync(content.path) : content.bytes;

function unpack(runtime: BuiltRuntime, to: string): void {
  for (const member of runtime.part.members) {
    const file = path.join(to, member.path);
    fs.mkdirSync(member.kind === "directory" ? file : path.dirname(file), { recursive: true });
    if (member.kind === "file") fs.writeFileSync(file, bytesOf(member), { mode: member.mode });
  }
}

/** Runs a program of the bundle at "/ö x/b", where there is nothing else but a shell. */
function inBareRoot(bundle: string, argv: readonly string[], input = ""): string {
  const top = "/ö x/b";
  const { stdout, stderr, status } = spawnSync(
    bubblewrap ?? "",
    `--unshare-all --uid 1000 --gid 1000 --clearenv --dir /bin --proc /proc --dev /dev --tmpfs /tmp --chdir /tmp`
      .split(" ")
      .concat("--ro-bind", bundle, top, "--ro-bind", fs.realpathSync(shell ?? ""), "/bin/sh")
      .concat("--setenv", "LANG", "C.UTF-8", "--setenv", "PATH", `${top}/runtime/bin`)
      .concat("--setenv", "PYTHONPYCACHEPREFIX", "/tmp/cache", argv),
    { encoding: "utf8", input },
  );
  return status === 0 ? stdout : `${status} ${stdout}${stderr}`;
}

const everything = `
import bz2, ctypes, ctypes.util, decimal, hashlib, json, locale, lzma, multiprocessing, os, sqlite3, ssl, subprocess, sys
import sysconfig, threading, time, uuid, zlib
def square(x): return x * x
def ask(*words, **more):
    return subprocess.check_output(list(words), **more).decode().strip()
if __name__ == "__main__":
    top = "/\\u00f6 x/b/runtime"
    assert sys.prefix == sys.base_prefix == top, sys.prefix
    assert os.path.dirname(sys.executable) == top + "/bin", sys.executable
    assert all(place.startswith((top, "/tmp")) for place in sys.path[1:]), sys.path
    say = "import sys; print(sys.prefix, sys.executable)"
    assert ask(sys.executable, "-I", "-c", say) == top + " " + sys.executable
    assert ask("python3", "-c", say) == top + " " + top + "/bin/python3"
    for way in ("spawn", "fork", "forkserver"):
        with multiprocessing.get_context(way).Pool(2) as pool: assert pool.map(square, [2, 3]) == [4, 9]
    os.makedirs("/tmp/env/bin")
    with open("/tmp/env/pyvenv.cfg", "w") as config: config.write("home = %s/bin\\n" % top)
    os.symlink(top + "/bin/python3", "/tmp/env/bin/python")
    named = dict(os.environ, RUNG_BUNDLE=os.path.dirname(top))
    assert ask("/tmp/env/bin/python", "-c", say, env=named) == "/tmp/env /tmp/env/bin/python"
    assert ask("bin/python", "-c", say, env=named, cwd="/tmp/env") == "/tmp/env /tmp/env/bin/python"
    assert subprocess.call(["/tmp/env/bin/python", "-c", ""], stderr=subprocess.DEVNULL) == 127
    assert locale.setlocale(locale.LC_ALL, "") == "C.UTF-8"
    os.environ["TZ"] = "Asia/Tokyo"; time.tzset(); assert time.tzname[0] == "JST"
    if sys.version_info >= (3, 9):
        import zoneinfo
        zoneinfo.ZoneInfo("Europe/Berlin")
    assert ctypes.util.find_library("c") == "libc.so.6" and ctypes.util.find_library("nothing") is None
    assert ctypes.CDLL("libm.so.6").abs(-3) == 3 and sqlite3.connect(":memory:").execute("select 1").fetchone() == (1,)
    loaded = {line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if line.count("/") > 1}
    assert all(file.startswith((top, "/dev", "/tmp", "/memfd")) or "deleted" in file for file in loaded), loaded
    print("fine", "%d.%d.%d" % sys.version_info[:3], sysconfig.get_config_var("prefix"))
`;

/** One of a kind: the system's own, and the newest that is installed apart. */
function chosen(): readonly Interpreter[] {
  const usual = pythons.filter(({ implementation }) => implementation === "cpython");
  const newest = usual
    .filter(({ basePrefix }) => basePrefix !== "/usr")
    .sort((a, b) => Number(b.version.split(".")[1]) - Number(a.version.split(".")[1]));
  return [...usual.filter(({ basePrefix }) => basePrefix === "/usr"), ...newest.slice(0, 1)];
}

describe.skipIf(bubblewrap === null || shell === undefined || chosen().length === 0)(
  "in a root that holds nothing else (needs bubblewrap and a static shell)",
  () => {
    test.each(chosen())("Python $version of $basePrefix runs", async (interpreter) => {
      const runtime = await built(interpreter);
      const bundle = fs.mkdtempSync(path.join(room.path, "bundle-"));
      unpack(runtime, bundle);
      fs.writeFileSync(path.join(bundle, "try.py"), everything);
      const said = inBareRoot(bundle, [`/ö x/b/${runtime.python.starter}`, "/ö x/b/try.py"]);
      expect(said).toMatch(new RegExp(`^fine ${runtime.python.version.replaceAll(".", "\\.")} `, "u"));
      expect(runtime.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
      if (interpreter.basePrefix === "/usr") return;
      const naming = runtime.part.members.filter((member) =>
        bytesOf(member).includes(interpreter.basePrefix),
      );
      expect(naming.map((member) => member.path)).toEqual([]);
    });

    test("programs run with their libraries and their scripts' interpreters", async () => {
      const script = path.join(room.path, "greet");
      fs.writeFileSync(script, "#!/bin/sh -e\necho $# from $0; false; echo never\n", { mode: 0o755 });
      const interpreter = chosen()[0];
      if (interpreter === undefined) return;
      const runtime = await built(interpreter, { programs: [script, "make", fs.realpathSync(shell ?? "")] });
      const bundle = fs.mkdtempSync(path.join(room.path, "bundle-"));
      unpack(runtime, bundle);
      expect(runtime.programs).toEqual(expect.arrayContaining(["greet", "python", "python3", "sh"]));
      expect(inBareRoot(bundle, ["/ö x/b/runtime/bin/greet", "a b", "c"])).toContain("1 2 from");
      if (!runtime.programs.includes("make")) return;
      const rules = "all:\n\t@echo made by $(MAKE_VERSION); python3 -c 'print(6 * 7)'\n";
      expect(inBareRoot(bundle, ["/ö x/b/runtime/bin/make", "-f", "-"], rules)).toMatch(
        /^made by \d.*\n42\n$/u,
      );
    });
  },
);

describe.skipIf(pythons.length === 0)("what is planned", () => {
  let interpreter: Interpreter;
  beforeAll(() => {
    interpreter = chosen()[0] ?? (pythons[0] as Interpreter);
  });

  test("is sorted, plain, and the same twice", async () => {
    const [first, second] = [await built(interpreter), await built(interpreter)];
    const paths = first.part.members.map((member) => member.path);
    expect(paths).toEqual([...paths].sort());
    expect(new Set(paths.map((name) => name.split("/")[0]))).toEqual(new Set(["runtime"]));
    expect(new Set(first.part.members.map(({ kind, mode }) => `${kind} ${mode.toString(8)}`))).toEqual(
      new Set(["file 644", "file 755", "directory 755"]),
    );
    expect(paths.filter((name) => /__pycache__|\/tests?\/|ensurepip|site-packages\/./u.test(name))).toEqual(
      [],
    );
    const digests = ({ part }: BuiltRuntime): readonly string[] =>
      part.members.map((one) => sha256(bytesOf(one)));
    expect(digests(second)).toEqual(digests(first));
  });

  test("names programs and libraries that are missing", async () => {
    const perl = path.join(room.path, "report");
    fs.writeFileSync(perl, "#!/usr/bin/env perl\n", { mode: 0o755 });
    const upload = path.join(room.path, "upload");
    fs.writeFileSync(upload, `#!/bin/sh\necho ${"AKIA"}${"2E7JQ4XW5ZK3MN6P"}\n`, { mode: 0o755 });
    const runtime = await built(interpreter, {
      programs: [perl, upload, "no-such-program", path.join(room.path, "a b")],
    });
    expect(
      runtime.findings.filter(({ severity }) => severity === "error").map(({ message }) => message),
    ).toEqual([
      "The program report cannot be packed: it is a script for perl, which brings more along than its file",
      "The program upload cannot be packed: it holds an AWS access key",
      "The program no-such-program cannot be packed: it is not here",
      "The program a b cannot be packed: its name is not one of letters, digits and ._+@-",
    ]);
  });

  test.skipIf(findProgram("gcc") === null)("takes the system's libraries that packages need", async () => {
    const build = (name: string, ...words: readonly string[]): string => {
      execFileSync(
        "gcc",
        [
          "-shared",
          "-fPIC",
          `-Wl,-soname,${name}`,
          "-Wl,--no-as-needed",
          "-o",
          name,
          "-xc",
          "/dev/null",
          ...words,
        ],
        {
          cwd: room.path,
        },
      );
      return path.join(room.path, name);
    };
    const gone = build("libgone.so.1");
    const own = build("libown-1a2b.so");
    const extension = build("_core.so", "-xnone", "./libown-1a2b.so", "./libgone.so.1", "-lstdc++");
    fs.rmSync(gone);
    const wheelLibraries = [extension, own].map((file) => ({ of: "acme 1.0", path: file }));
    const runtime = await built(interpreter, { wheelLibraries });
    const libraries = runtime.part.members.map((member) => path.basename(member.path));
    expect(libraries).toContain("libstdc++.so.6");
    expect(libraries).not.toContain("libown-1a2b.so");
    expect(
      runtime.findings.filter(({ severity }) => severity === "warning").map(({ message }) => message),
    ).toEqual(["acme 1.0 needs the library libgone.so.1, which is not here"]);
  });

  test("says why nothing is built", async () => {
    const why = async (request: Partial<RuntimeRequest>, from = interpreter): Promise<string> => {
      const found = await plan(from, request);
      expect(found.part).toBeNull();
      return found.findings.map(({ message }) => message).join();
    };
    for (const other of ["macos-arm64", "windows-x86_64"] satisfies readonly LockPlatform[])
      expect(await why({ platform: other })).toBe(`Not built: no Python for ${other} is to be had from here`);
    expect(await why({}, { ...interpreter, implementation: "pypy" })).toBe("Not built: pypy is not CPython");
    expect(await why({}, { ...interpreter, basePrefix: room.path })).toContain(
      "holds no Python that can be read",
    );
  });
});
