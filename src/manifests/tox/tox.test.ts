import { expect, test } from "vitest";
import type { Manifest } from "../../model/index.ts";
import { briefly, fixtureText, readSample } from "../sample-manifest.ts";

const path = "tox.ini";
const read = (text: string, beside: Readonly<Record<string, string>> = {}): Manifest =>
  readSample(path, text, beside);

test("each environment's requirements are its group's; references, factors and files are followed", () => {
  const manifest = read(fixtureText(path), { "requirements.txt": "flask==1\n" });
  expect(manifest.findings).toEqual([]);
  expect(briefly(manifest)).toEqual([
    "tox:pytest@tox.ini:5",
    "tox:pytest-cov<3@tox.ini:6",
    "tox:flask==1@requirements.txt:1",
    "tox:mock@tox.ini:12",
    "tox:extra@tox.ini:13",
    "lint:flake8@tox.ini:18",
    "docs:sphinx@tox.ini:22",
  ]);
  expect(manifest.commands.map(({ kind, run }) => [kind, run])).toEqual([
    ["test", "pytest --cov tests"],
    ["test", "python -m unittest discover"],
  ]);
});

test("a reference to itself ends", () => {
  expect(read("[testenv]\ndeps = {[testenv]deps}\n").requirements).toEqual([]);
});
