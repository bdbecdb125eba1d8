import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { findPlacesOf } from "./sample-probed.ts";

const lines = (text: string): string => `${text.trim()}\n`;

it("finds the draw, past what comes of it and what needs none", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
import random, time
from model import train
started = time.perf_counter()
weights = train(3)
took = time.perf_counter() - started
print("weights", sum(weights))
`),
      "model.py": lines(`
import random
def train(n):
    noise = [random.gauss(0, 1) for _ in range(n)]
    return [value * 2 for value in noise]
`),
    },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => `${site.file}:${site.line}`)).toEqual(["model.py:3"]);
  expect(found.places[0]?.seen).toMatch(/`random.gauss` at model.py:3 gave -?\d.* in one run and -?\d/u);
  expect(found.experiment).toContain("model.py:3");
});

it("finds two places where two differences enter", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
import random, uuid
name = uuid.uuid4()
x = random.random()
print(name)
print(x)
`),
    },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([2, 3]);
});

it("names what cannot be given back where what differs is read from it by name", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
import os.path, tempfile
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("1")
    file.flush()
    name = os.path.basename(file.name)
print(name)
`),
    },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([2]);
});

it.each([
  ["a loop", "for x in names:\n    print(x)", 2],
  ["list()", "order = list(names)\nprint(order)", 2],
  ["a join", "print(', '.join(names))", 2],
  ["a comprehension", "print([x for x in names])", 2],
  ["a star", "print(*names)", 2],
  ["printing it", "print(names)", 2],
  ["hash()", "print(hash('a') % 1000)", 2],
])("finds where the order of a set comes out: %s", async (_what, code, line) => {
  const found = await findPlacesOf({
    files: { "main.py": `names = {"ann", "bob", "cyd", "dan", "eve"}\n${code}\n` },
    first: { PYTHONHASHSEED: "1" },
    second: { PYTHONHASHSEED: "2" },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([line]);
});

it("finds the draws that are too many to keep all of them", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
import builtins, random
builtins.__rung_v__.__globals__["SITE_LIMIT"] = 100
def draw():
    return random.random()
total = 0
for n in range(500):
    if draw() < 0.5:
        total += random.gauss(0, 1)
print(total)
`),
    },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([4, 8]);
  expect(found.experiment).toMatch(/main.py:4.* both gave the same for as long as/u);
});

it("names the generator that was made without a seed, not each draw", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
import random
rng = random.Random()
a = rng.random()
b = [rng.random() for _ in range(3)]
print(a, b)
`),
    },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([2]);
});

it("sees what a call changed in place", async () => {
  const found = await findPlacesOf({
    files: { "main.py": "import random\nx = list(range(50))\nrandom.shuffle(x)\nprint(x[0], x)\n" },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([3]);
});

it("finds a variable that is read", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": "import os\nmode = os.environ['MODE']\nif mode == 'x':\n    print(1)\nelse:\n    print(2)\n",
    },
    first: { MODE: "x" },
    second: { MODE: "y" },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places[0]?.seen).toBe(
    "`os.environ['MODE']` at main.py:2 gave 'x' in one run and 'y' in the other",
  );
});

it("names the first of what cannot be given back where the next value comes of it", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
from dataclasses import dataclass
@dataclass(frozen=True)
class Name:
    text: str
def ordered(names):
    return list(names)
def texts(names):
    return [name.text for name in ordered(names)]
print(texts({Name(text) for text in ["ann", "bob", "cyd", "dan", "eve"]}))
`),
    },
    first: { PYTHONHASHSEED: "1" },
    second: { PYTHONHASHSEED: "2" },
  });
  expect(found.places.map(({ site, confirmed }) => [site.line, confirmed])).toEqual([[6, true]]);
});

it("finds the address of an object that is shown", async () => {
  const found = await findPlacesOf({
    files: { "main.py": "class A: pass\na = A()\ntext = f'{a}'\nprint(text)\n" },
  });
  expect(found.places.map(({ site }) => site.line)).toEqual([3]);
});

it("goes into forked processes", async () => {
  const found = await findPlacesOf({
    files: {
      "main.py": lines(`
import multiprocessing, random
def draw(n):
    random.seed()
    return random.random() + n
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(sorted(pool.map(draw, [1, 2, 3])))
`),
    },
  });
  expect(found.result).toBe("confirmed");
  expect(found.places.map(({ site }) => site.line)).toEqual([4]);
});

it("says so where the instrumented runs do not differ", async () => {
  const found = await findPlacesOf({ files: { "main.py": "print(sum(range(10)))\n" } });
  expect(found).toEqual({ result: "hidden", places: [], runs: 2, experiment: "" });
});

const old = path.join(os.homedir(), ".pyenv/versions/3.7.16/bin/python3");

it.skipIf(!fs.existsSync(old))("finds a place in Python 3.7, too", async () => {
  const found = await findPlacesOf({
    files: { "main.py": "import random\nx = random.random()\nprint(x * 2)\n" },
    python: old,
  });
  expect(found.places.map(({ site }) => site.line)).toEqual([2]);
});
