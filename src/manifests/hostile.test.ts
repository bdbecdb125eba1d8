import { expect, test } from "vitest";
import { readSample } from "./sample-manifest.ts";

const many = (piece: string, times = 20_000): string => piece.repeat(times);

/** Texts that are small on disk and would be large, or slow, in a careless reader. */
const texts: Readonly<Record<string, readonly (readonly [path: string, text: string])[]>> = {
  "long runs of one character": [" ", "\\", "[", "(", "=", ";", "#", "-", "a", "1.", "'", "@", "{"].flatMap(
    (piece) => [
      ["requirements.txt", `a${many(piece)}x\n`],
      ["requirements.txt", `a @ https://example.org/${many(piece)}x\n`],
      ["requirements.txt", `-e ./a${many(piece)}x\n`],
      ["setup.py", `setup(install_requires=[${many(piece)}`],
      ["setup.cfg", `[options]\ninstall_requires =\n  a${many(piece)}x\n`],
      ["tox.ini", `[testenv]\ndeps = a${many(piece)}x\ncommands = pytest${many(piece)}x\n`],
      ["noxfile.py", `@nox.session\ndef a(session):\n    session.install("${many(piece)}x")\n`],
    ],
  ),
  "names that double": [
    ["setup.py", `a = ["x"]\n${many("a = a + a\n", 200)}setup(install_requires=a)\n`],
    ["setup.py", `a = "x"\n${many("a = a + a\n", 200)}setup(install_requires=a)\n`],
    ["setup.py", `a = ["x"]\n${many("a = [a, a]\n", 200)}setup(install_requires=a)\n`],
    ["setup.py", `a = ["x"]\n${many("a = [*a, *a]\n", 200)}setup(install_requires=a)\n`],
    ["setup.py", `a = {"x": "y"}\n${many("a = {**a, **a}\n", 200)}setup(extras_require=a)\n`],
    ["setup.py", `a = ["x"]\n${many("if a:\n    a = [a, a]\n", 200)}setup(install_requires=a)\n`],
    ["setup.py", `a = ["x"]\n${many("a += a\n", 200)}setup(install_requires=a)\n`],
    [
      "tox.ini",
      `${Array.from({ length: 60 }, (_, n) => `[s${n}]\ndeps =\n  {[s${n + 1}]deps}\n  {[s${n + 1}]deps}\n`).join("")}[testenv]\ndeps = {[s0]deps}\n`,
    ],
    [
      "pyproject.toml",
      `[dependency-groups]\n${Array.from({ length: 60 }, (_, n) => `g${n} = [{include-group = "g${n + 1}"}, {include-group = "g${n + 1}"}]\n`).join("")}g60 = ["x"]\n`,
    ],
  ],
};

test.each(
  Object.entries(texts).flatMap(([name, cases]) =>
    cases.map(([path, text]) => ({ name, path, text, start: text.slice(0, 40) })),
  ),
)("$name: $path $start", ({ path, text }) => {
  const started = performance.now();
  readSample(path, text);
  expect(performance.now() - started).toBeLessThan(4000);
});
