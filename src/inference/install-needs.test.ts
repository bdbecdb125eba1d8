import fc from "fast-check";
import { expect, test } from "vitest";
import type { PythonFacts } from "../source/index.ts";
import { installNeeds } from "./install-needs.ts";

const facts: PythonFacts = {
  kind: "python",
  imports: [],
  mainGuardLine: null,
  topLevelWorkLine: null,
  calls: [],
  environment: [],
  absolutePaths: [],
  scripts: [],
  installs: [],
  syntaxError: null,
  docstring: false,
  unreadable: null,
};

const needsOf = (text: string): readonly string[] =>
  installNeeds(new Map([["a.py", { ...facts, installs: [{ text, line: 7 }] }]])).map(
    ({ distribution, specifier }) => `${distribution ?? ""}${specifier ?? ""}`,
  );

test.each([
  ["!pip install x==1.0 'y>=2,<3' z[extra]", ["x==1.0", "y>=2,<3", "z"]],
  ["%pip install -q --upgrade Some_Package", ["some-package"]],
  ["!{sys.executable} -m pip install patsy", ["patsy"]],
  ["-m pip install tqdm", ["tqdm"]],
  ["%conda install --yes -c conda-forge numba=0.57 xarray", ["numba==0.57", "xarray"]],
  ["!uv pip install rich", ["rich"]],
  ["!cd x && pip3 install a; pip install b # pip install c", ["a", "b"]],
  ["!pip install -r requirements.txt", []],
  ["!pip install git+https://example.org/x.git", []],
  ["!apt-get install -y graphviz", []],
  ["!pip list | grep pandas", []],
])("%s", (text, needed) => {
  expect(needsOf(text)).toEqual(needed);
});

test("arbitrary lines never throw, and are read in a moment", () => {
  const words = ["pip install ", "conda ", " -q", "==", "[", " ; ", "'", "#", "{x}", "%", "!"];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (parts) => {
      for (const name of needsOf(parts.join(""))) expect(name).not.toBe("");
    }),
  );
  const before = performance.now();
  for (const text of [" ".repeat(200_000), `pip ${"-a ".repeat(100_000)}`, "pip install [".repeat(50_000)])
    needsOf(text);
  expect(performance.now() - before).toBeLessThan(1000);
});
