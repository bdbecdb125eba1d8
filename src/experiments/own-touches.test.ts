import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { CodePlace, Trace } from "../model/index.ts";
import { withoutImports } from "./own-touches.ts";

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "own-touches-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const at = (file: string, line: number): CodePlace => ({ file, line, cell: null });

it("leaves out what libraries touch while they are imported, and nothing else", () => {
  fs.writeFileSync(path.join(root, "fit.py"), "import os\nfrom sklearn import svm\nn = os.cpu_count()\n");
  const touches = [
    { what: "os.getpid", at: at("fit.py", 2), count: 1 },
    { what: "os.cpu_count", at: at("fit.py", 3), count: 1 },
    { what: "os.uname", at: null, count: 1 },
    { what: "os.getcwd", at: at("gone.py", 1), count: 1 },
  ];
  const variables = [{ name: "KMP_INIT_AT_FORK", present: false, at: at("fit.py", 2) }];
  const trace = { machineReads: touches, clocks: [], entropy: [], variables } as unknown as Trace;
  const own = withoutImports(trace, root);
  expect(own.machineReads.map(({ what }) => what)).toEqual(["os.cpu_count", "os.uname", "os.getcwd"]);
  expect(own.variables).toEqual([]);
});
