import { afterEach, beforeEach, expect, test } from "vitest";
import { rememberedModules } from "../src/environments/index.ts";
import { indexWith, wheelWith, type SampleIndex } from "../src/environments/module-names/sample-index.ts";
import { temporaryDirectory } from "../src/system/index.ts";
import { learnPinned } from "../src/inference/learn-pinned.ts";
import { codeWith } from "../src/inference/sample-code.ts";

const before = { cache: process.env["RUNG_CACHE"], index: process.env["UV_DEFAULT_INDEX"] };
let room: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  room = temporaryDirectory("learn");
  process.env["RUNG_CACHE"] = room.path;
});

afterEach(() => {
  for (const [name, value] of [
    ["RUNG_CACHE", before.cache],
    ["UV_DEFAULT_INDEX", before.index],
  ] as const) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  room[Symbol.dispose]();
});

async function learn(code: string, pins: string, index: SampleIndex): Promise<void> {
  process.env["UV_DEFAULT_INDEX"] = index.url;
  const { project, sources } = await codeWith({
    "rung.toml": '[commands.go]\nrun = "python run.py"\n',
    "run.py": code,
    "requirements.txt": pins,
  });
  await learnPinned({ project, sources }, project.commands, () => {});
}

test("the distributions that imports are taken to come from are asked for, and the others only where that fails", async () => {
  const index = await indexWith({
    "pyyaml-6.0-py3-none-any.whl": await wheelWith(["yaml/__init__.py"]),
    "quiet-1.0-py3-none-any.whl": await wheelWith(["quiet.py"]),
  });
  await learn("import yaml\n", "PyYAML==6.0\nquiet==1.0\n", index);
  expect(index.asked.filter((one) => one.startsWith("/"))).toEqual(["/simple/pyyaml/"]);
  await learn("import yaml\nimport odd\n", "PyYAML==6.0\nquiet==1.0\n", index);
  expect(index.asked.filter((one) => one.startsWith("/"))).toEqual(["/simple/pyyaml/", "/simple/quiet/"]);
  expect(Object.fromEntries(rememberedModules())).toEqual({ "pyyaml 6": ["yaml"], "quiet 1": ["quiet"] });
});

test("an index that does not answer is no error, and nothing is asked where nothing is pinned", async () => {
  const index = await indexWith({});
  await learn("import yaml\n", "PyYAML>=6\n", index);
  expect(index.asked).toEqual([]);
  await learn("import yaml\n", "PyYAML==6.0\n", { url: "http://127.0.0.1:9/simple", asked: [] });
  expect(rememberedModules().size).toBe(0);
});
