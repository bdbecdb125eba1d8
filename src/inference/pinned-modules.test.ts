import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rememberModules } from "../environments/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { inferNeeds, type Inference } from "./infer-needs.ts";
import { pinnedModules, pinnedReleases } from "./pinned-modules.ts";
import { codeWith } from "./sample-code.ts";

const before = process.env["RUNG_CACHE"];
let room: ReturnType<typeof temporaryDirectory>;

beforeEach(() => {
  room = temporaryDirectory("pinned");
  process.env["RUNG_CACHE"] = path.join(room.path, "cache");
});

afterEach(() => {
  if (before === undefined) delete process.env["RUNG_CACHE"];
  else process.env["RUNG_CACHE"] = before;
  room[Symbol.dispose]();
});

async function infer(files: Readonly<Record<string, string>>): Promise<Inference> {
  const code = await codeWith({ "rung.toml": '[commands.go]\nrun = "python run.py"\n', ...files });
  return inferNeeds({
    ...code,
    commands: code.project.commands,
    installed: null,
    pinned: pinnedModules(code.project),
  });
}

const lock = (...packages: readonly [string, string][]): string =>
  `lock-version = "1.0"\ncreated-by = "x"\n${packages
    .map(([name, version]) => `[[packages]]\nname = "${name}"\nversion = "${version}"\n`)
    .join("")}`;

test("what a locked release was seen to bring goes before the table and before the name", async () => {
  await rememberModules([
    { name: "pillow-simd", version: "9.5.0.post2", modules: ["PIL"] },
    { name: "oddly-named", version: "1.0", modules: ["plainly", "space.part"] },
  ]);
  const files = {
    "run.py": "import PIL\nimport plainly.x\nfrom space import part\n",
    "pyproject.toml": '[project]\nname = "x"\nversion = "1"\ndependencies = ["pillow-simd", "oddly-named"]\n',
    "pylock.toml": lock(["pillow-simd", "9.5.0.post2"], ["oddly-named", "1.0.0"]),
  };
  const { needs, findings } = await infer(files);
  expect(needs.map(({ distribution, known }) => [distribution, known])).toEqual([
    ["oddly-named", "pinned"],
    ["pillow-simd", "pinned"],
  ]);
  expect(findings).toEqual([]);
});

test("another version was not seen, and a declared distribution that was not seen keeps its place", async () => {
  await rememberModules([
    { name: "oddly-named", version: "1.0", modules: ["plainly"] },
    { name: "stray", version: "1", modules: ["stray", "PIL"] },
  ]);
  const { needs } = await infer({
    "run.py": "import plainly\nimport PIL\n",
    "requirements.txt": "oddly-named==2.0\npillow==10.0\nstray==1\n",
  });
  expect(needs.map(({ distribution, known }) => [distribution, known])).toEqual([
    ["pillow", "declared"],
    ["plainly", "same-name"],
  ]);
});

test("a mapping that the release's own files deny is named, with what they bring", async () => {
  await rememberModules([{ name: "scikit-learn", version: "99.0", modules: ["skl", "skl_tools"] }]);
  const files = { "run.py": "import os\nimport sklearn.svm\n", "requirements.txt": "scikit-learn==99.0\n" };
  const { findings } = await infer(files);
  expect(findings.find(({ rule }) => rule === "wrong-mapping")).toMatchObject({
    severity: "warning",
    message: "sklearn does not come from scikit-learn, which brings skl, skl_tools",
    file: "run.py",
    line: 2,
  });
});

test("releases are those of locks and exact requirements", async () => {
  const { project } = await codeWith({
    "requirements.txt": "a==1.0\nb>=2\nc==1.*\nd===3\ne @ https://x.org/e-1.zip\na==1\n",
  });
  expect(pinnedReleases(project)).toEqual([
    { name: "a", version: "1.0" },
    { name: "d", version: "3" },
  ]);
});
