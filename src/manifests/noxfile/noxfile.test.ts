import { expect, test } from "vitest";
import type { Manifest } from "../../model/index.ts";
import { briefly, fixtureText, readSample } from "../sample-manifest.ts";

const path = "noxfile.py";
const read = (text: string, beside: Readonly<Record<string, string>> = {}): Manifest =>
  readSample(path, text, beside);

test("what each session installs is its group's; what is computed is said", () => {
  const manifest = read(fixtureText(path), { "requirements.txt": "flask==1\n" });
  expect(briefly(manifest)).toEqual([
    "tests:pytest@noxfile.py:2",
    "tests:coverage@noxfile.py:2",
    "tests:flask==1@requirements.txt:1",
    "tests:@noxfile.py:7",
    "tests:attrs>=1@noxfile.py:8",
    "type-check:mypy@noxfile.py:19",
    "type-check:types-requests@noxfile.py:19",
  ]);
  expect(manifest.findings).toMatchObject([{ rule: "noxfile-computed", line: 13 }]);
  expect(manifest.commands).toMatchObject([{ name: "tests", kind: "test", run: "pytest -q" }]);
});
