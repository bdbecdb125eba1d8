import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ToolError, type Environment, type Interpreter } from "../model/index.ts";
import {
  exists,
  listNames,
  removeTree,
  runProcess,
  temporaryDirectory,
  writeAtomic,
} from "../system/index.ts";
import {
  bareEnvironment,
  chooseInterpreter,
  engines,
  environmentFromLock,
  environmentFromRequirements,
  explainInstallFailure,
  kernelOverlay,
  listInterpreters,
  ownEnvironment,
  rememberedModules,
} from "./index.ts";
import { pickInterpreter } from "./interpreters/choose.ts";

const room = temporaryDirectory("environments");
const quiet = (): void => {};
const before = { cache: process.env["RUNG_CACHE"], active: process.env["VIRTUAL_ENV"] };
let python: Interpreter;

beforeAll(async () => {
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
  delete process.env["VIRTUAL_ENV"];
  python = await chooseInterpreter(null);
});
afterAll(() => {
  if (before.cache === undefined) delete process.env["RUNG_CACHE"];
  else process.env["RUNG_CACHE"] = before.cache;
  if (before.active !== undefined) process.env["VIRTUAL_ENV"] = before.active;
  room[Symbol.dispose]();
});

async function says(environment: Environment, code: string): Promise<string> {
  const { stdout } = await runProcess([path.join(environment.binDirectory, "python"), "-c", code]);
  return stdout.toString("utf8").trim();
}

function project(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) writeAtomic(path.join(room.path, name, file), text);
  return path.join(room.path, name);
}

const made = (version: string, implementation = "cpython"): Interpreter => ({
  executable: `/python/${version}`,
  version,
  implementation,
  basePrefix: "/python",
});

describe("interpreters", () => {
  test("each installation is listed once, by its real executable", async () => {
    const installed = await listInterpreters();
    expect(installed.map(({ executable }) => executable)).toContain(python.executable);
    expect(new Set(installed.map(({ executable }) => executable)).size).toBe(installed.length);
    const started = performance.now();
    await listInterpreters();
    expect(performance.now() - started).toBeLessThan(500);
  });

  const several = ["3.11.2", "3.11.7", "3.12.1", "3.13.0rc1", "3.8.18"].map((version) => made(version));

  test.each([
    ["==3.11.*", null, "3.11.7"],
    [">=3.8", made("3.11.2"), "3.11.7"],
    [">=3.8", null, "3.12.1"],
    [">=3.13.0rc1", null, "3.13.0rc1"],
    [">=3.13", null, undefined],
    ["<3.9", made("3.11.2"), "3.8.18"],
    ["==3.9.*", null, undefined],
  ])("%s", (specifier, preferred, expected) => {
    expect(pickInterpreter([...several, made("3.12.9", "pypy")], specifier, preferred)?.version).toBe(
      expected,
    );
  });

  test("what is no specifier names what is installed", async () => {
    await expect(chooseInterpreter("banana")).rejects.toMatchObject({
      code: "INTERPRETER_MISSING",
      message: expect.stringContaining(python.version),
    });
  });
});

describe("environments", () => {
  test.each(engines.filter(({ id }) => id !== "virtualenv").map(({ id }) => id))(
    "%s makes one that runs",
    async (id) => {
      const request = { root: room.path, files: [], interpreter: python, engine: id };
      const environment = await environmentFromRequirements(request, quiet);
      expect(await says(environment, "import sys; print(sys.prefix)")).toBe(environment.prefix);
    },
  );

  test("an included file counts, the second use is quick, and a changed environment is made anew", async () => {
    const root = project("includes", {
      "requirements.txt": "-r more/pins.txt\n",
      "more/pins.txt": "idna==3.7\n",
    });
    const request = { root, files: ["requirements.txt"], interpreter: python };
    const first = await environmentFromRequirements(request, quiet);
    expect(first.packages).toEqual({ idna: "3.7" });
    const started = performance.now();
    const second = await environmentFromRequirements(request, quiet);
    expect(performance.now() - started).toBeLessThan(500);
    expect(second.prefix).toBe(first.prefix);
    writeAtomic(path.join(root, "more/pins.txt"), "idna==3.6\n");
    expect((await environmentFromRequirements(request, quiet)).packages).toEqual({ idna: "3.6" });
    writeAtomic(path.join(root, "more/pins.txt"), "idna==3.7\n");
    const site = path.join(
      first.prefix,
      "lib",
      `python${python.version.split(".").slice(0, 2).join(".")}`,
      "site-packages",
    );
    removeTree(path.join(site, "idna-3.7.dist-info"));
    const again = await environmentFromRequirements(request, quiet);
    expect(again.prefix).not.toBe(first.prefix);
    expect(await says(again, "import idna; print(idna.__version__)")).toBe("3.7");
  });

  test("an environment into which something was put is made anew", async () => {
    const root = project("dropped", { "requirements.txt": "idna==3.7\n" });
    const request = { root, files: ["requirements.txt"], interpreter: python };
    const first = await environmentFromRequirements(request, quiet);
    const code = await says(first, "import idna; print(idna.__file__)");
    writeAtomic(path.join(path.dirname(code), "..", "weights.bin"), "7");
    const second = await environmentFromRequirements(request, quiet);
    expect(second.prefix).not.toBe(first.prefix);
    const changed = await says(second, "import idna; print(idna.__file__)");
    writeAtomic(changed, "__version__ = 'mine'\n");
    const third = await environmentFromRequirements(request, quiet);
    expect(await says(third, "import idna; print(idna.__version__)")).toBe("3.7");
  });

  test("two makers at once give one environment, and what a killed one left is cleared", async () => {
    const root = project("twice", { "requirements.txt": "idna==3.8\n" });
    const request = { root, files: ["requirements.txt"], interpreter: python };
    const [one, two] = await Promise.all([1, 2].map(() => environmentFromRequirements(request, quiet)));
    expect(one?.prefix).toBe(two?.prefix);
    const prefix = one?.prefix ?? "";
    const key = path.basename(prefix).split(".")[0] ?? "";
    const cache = path.dirname(prefix);
    removeTree(path.join(cache, `${key}.json`));
    const again = await environmentFromRequirements(request, quiet);
    expect(again.packages).toEqual({ idna: "3.8" });
    expect(listNames(cache).filter((name) => name.startsWith(`${key}.d`))).toEqual([
      path.basename(again.prefix),
    ]);
  });

  test("a pin that does not exist is recognisable", async () => {
    const root = project("no-pin", { "requirements.txt": "six==99.0\n" });
    const failing = environmentFromRequirements(
      { root, files: ["requirements.txt"], interpreter: python },
      quiet,
    );
    const error: unknown = await failing.catch((error: unknown) => error);
    expect(error instanceof ToolError && explainInstallFailure(error)?.rule).toBe("pin-does-not-exist");
  });

  test("hashed requirements are a lock, and a wrong hash stops it", async () => {
    const hash = "8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254";
    const root = project("hashed", {
      "good.txt": `six==1.16.0 --hash=sha256:${hash}\n`,
      "bad.txt": `six==1.16.0 --hash=sha256:${"0".repeat(64)}\n`,
      "none.txt": "six==1.16.0\n",
    });
    const from = (file: string): Promise<Environment> =>
      environmentFromLock({ lockPath: path.join(root, file), interpreter: python }, quiet);
    expect((await from("good.txt")).source).toBe("lock");
    expect(rememberedModules().get("six 1.16")).toEqual(["six"]);
    await expect(from("bad.txt")).rejects.toMatchObject({
      message: expect.stringContaining("Hash mismatch"),
    });
    await expect(from("none.txt")).rejects.toMatchObject({
      message: expect.stringContaining("must have a hash"),
    });
  });

  test("the owner's own environment is found and nothing of it is run", async () => {
    const root = project("own", { "a.py": "" });
    await runProcess([python.executable, "-m", "venv", "--without-pip", path.join(root, "venv")]);
    const found = await ownEnvironment(root);
    expect(found).toMatchObject({ source: "own", prefix: path.join(root, "venv"), digest: null });
    expect(found?.interpreter.executable).toBe(python.executable);
    const hostile = project("hostile", {
      ".venv/pyvenv.cfg": "home = /nowhere\n",
      ".venv/bin/python": `#!/bin/sh\ntouch ${room.path}/was-run\n`,
    });
    await runProcess(["chmod", "+x", path.join(hostile, ".venv/bin/python")]);
    expect(await ownEnvironment(hostile)).toBeNull();
    expect(exists(path.join(room.path, "was-run"))).toBe(false);
  });

  test("the bare interpreter knows what is installed into it", async () => {
    const bare = await bareEnvironment(python);
    expect(bare.source).toBe("interpreter");
    expect(bare.interpreter.version).toBe(python.version);
    expect(bare.binDirectory).toBe(path.dirname(python.executable));
  });

  test("the kernel overlay serves from the end of the path", async () => {
    const overlay = await kernelOverlay(python, quiet);
    const bare = await environmentFromRequirements(
      { root: room.path, files: [], interpreter: python },
      quiet,
    );
    expect(bare.packages).toEqual({});
    const code = `import sys; sys.path.append(${JSON.stringify(overlay)}); import ipykernel; print(ipykernel.__file__)`;
    expect(await says(bare, code)).toBe(path.join(overlay, "ipykernel", "__init__.py"));
  });
});
