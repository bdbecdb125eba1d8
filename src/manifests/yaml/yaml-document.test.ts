import { expect, test } from "vitest";
import { readManifests } from "../index.ts";
import { readYaml } from "./yaml-document.ts";

test("scalars are the text that stands there; anchors and merge keys are filled in; each place is known", () => {
  const document = readYaml(
    "x.yml",
    "a: &x\n  version: 3.10\n  on: yes\nb:\n  <<: *x\n  on: 'no'\n  none:\nc: *x\nlist:\n- one\n- two: 1\n",
    "broken",
  );
  expect(document.value).toEqual({
    a: { version: "3.10", on: "yes" },
    b: { version: "3.10", on: "no", none: "" },
    c: { version: "3.10", on: "yes" },
    list: ["one", { two: "1" }],
  });
  expect(document.lineOf(["b", "on"])).toBe(6);
  expect(document.lineOf(["c", "version"])).toBe(2);
  expect(document.lineOf(["list", 1, "two"])).toBe(11);
  expect(document.lineOf(["list", 9])).toBe(9);
});

test("broken YAML is a finding with its line, and what can be read is read", () => {
  const document = readYaml("x.yml", "a: [1, 2\nb: 3\n", "broken");
  expect(document.findings).toMatchObject([{ rule: "broken", file: "x.yml", line: 2 }]);
  expect(document.value).toMatchObject({ b: "3" });
});

const levels = [..."abcdefghij"];
const hostile: Readonly<Record<string, string>> = {
  "keys that are maps of maps": "? ".repeat(5000),
  "lists in lists": "[".repeat(20_000),
  "tables in tables": "{".repeat(20_000),
  "maps ever deeper": Array.from({ length: 1500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
  "anchors that multiply": `a: &a [x, x]\n${levels
    .slice(1)
    .map((name, index) => `${name}: &${name} [${`*${levels[index] ?? ""}, `.repeat(9)}x]`)
    .join("\n")}`,
  "an anchor in itself": "a: &a [*a]\nb: &b\n  <<: *b\n",
  "an anchor that is nowhere": "a: *none\n",
  "what only Python makes": "a: !!python/object/apply:os.system ['true']\n",
  "a prototype": "__proto__:\n  polluted: yes\nconstructor: {prototype: {polluted: yes}}\n",
  "dashes without end": "- ".repeat(20_000),
};

test.each(Object.keys(hostile))(
  "%s: read, or said to be broken, soon",
  (name) => {
    const text = hostile[name] ?? "";
    const start = process.cpuUsage();
    readYaml("x.yml", text, "broken");
    const indented = text.replaceAll("\n", "\n  ");
    const files: Readonly<Record<string, string>> = {
      "environment.yml": `dependencies:\n  ${indented}`,
      "anaconda-project.yml": `commands:\n  ${indented}`,
      "dvc.yaml": `stages:\n  ${indented}`,
      MLproject: text,
    };
    readManifests(Object.keys(files), (path) => files[path] ?? null);
    const { user, system } = process.cpuUsage(start);
    // Microseconds of this process, so that a busy machine does not count.
    expect((user + system) / 1e6).toBeLessThan(4);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  },
  60_000,
);
