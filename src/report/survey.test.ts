import { expect, test } from "vitest";
import { parse } from "csv-parse/sync";
import type { SurveyEntry, SurveyProject } from "../model/index.ts";
import { paintFor } from "./index.ts";
import { renderSurvey, renderSurveyCsv } from "./survey.ts";

const none = { compared: 0, identical: 0, normalised: 0, tolerance: 0, different: 0 };
const plain = { paint: paintFor({ isTTY: false }, {}), verbose: false, width: 100 };

const entry = (parts: Partial<SurveyEntry>): SurveyEntry => ({
  name: "nb:a.ipynb",
  kind: "notebook",
  ran: true,
  seconds: 1.5,
  cells: none,
  cause: null,
  images: none,
  files: none,
  differences: [],
  date: null,
  python: null,
  ...parts,
});
const project = (parts: Partial<SurveyProject>): SurveyProject => ({
  project: "penguins",
  level: null,
  entries: [],
  cause: null,
  directory: "/papers/penguins",
  verb: "revive",
  steps: [],
  seconds: 2,
  at: "2026-01-02T03:04:05.000Z",
  ...parts,
});

const surveyed = [
  project({
    entries: [
      entry({
        cells: { ...none, compared: 10, identical: 7, normalised: 2, different: 1 },
        images: { ...none, compared: 2, different: 2 },
        differences: ['notebook a.ipynb cell 3, line 1: "1" became "2"'],
        date: "2021-03-04T00:00:00Z",
        python: "3.8.18",
      }),
      entry({
        name: "make",
        kind: "run",
        ran: false,
        cause: `train.py:3: ${"it needs the network, ".repeat(8)}`,
      }),
    ],
    level: -1,
    steps: ["install pandas: it is imported"],
  }),
  project({ project: "gone", cause: "gone is not a folder", directory: "/papers/gone" }),
];

test("the table has a line for each project, what they come to, and each cause in full", () => {
  const text = renderSurvey(surveyed, plain);
  const [head = "", first = "", second = "", blank, ...rest] = text.split("\n");
  expect(head).toMatch(/^project +level +ran +cells +images +date +python +cause$/u);
  expect(first).toMatch(/^penguins +-1 +1\/2 +9\/10 +0\/2 +2021-03-04 +3\.8 +train\.py:3: it needs .*…$/u);
  expect(second).toMatch(/^gone +\? +– +– +– +gone is not a folder$/u);
  expect(blank).toBe("");
  expect(Math.max(...[head, first, second].map((line) => line.length))).toBeLessThanOrEqual(plain.width);
  expect(rest.join("\n")).toContain(
    "2 projects: 1 of 2 entries ran\nstored cells: 9 of 10 the same (90.0 %)",
  );
  expect(text).toContain(`    make\n      ${surveyed[0]?.entries[1]?.cause ?? ""}`);
  expect(text).not.toContain("became");
});

test("--verbose adds what differs and what was done", () => {
  const text = renderSurvey(surveyed, { ...plain, verbose: true });
  expect(text).toContain("did: install pandas: it is imported");
  expect(text).toContain('differs: notebook a.ipynb cell 3, line 1: "1" became "2"');
});

test("two hundred projects are two hundred lines, of which none is wider than the screen", () => {
  const many = Array.from({ length: 200 }, (_, n) =>
    project({ project: `project-${n}-${"x".repeat(n)}`, cause: "y".repeat(300) }),
  );
  const lines = renderSurvey(many, plain).split("\n").slice(0, 201);
  expect(lines.filter((line) => line.startsWith("project-"))).toHaveLength(200);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(plain.width);
});

test("what a project is called can neither steer the terminal nor break a line", () => {
  const text = renderSurvey([project({ project: "a\u001b[2Jb", cause: "one\nSTAGED two" })], plain);
  expect(text).not.toContain("\u001b");
  expect(text.split("\n")[1]).toMatch(/^a\\x1b\[2Jb +\?.*one STAGED two$/u);
});

test("the CSV has a row for each entry, and a formula stays text", () => {
  const rows = parse(renderSurveyCsv([...surveyed, project({ project: '=cmd("x"),1' })]), {
    columns: true,
  }) as readonly Record<string, string>[];
  expect(rows.map((row) => [row["project"], row["entry"], row["ran"], row["cells_compared"]])).toEqual([
    ["penguins", "nb:a.ipynb", "true", "10"],
    ["penguins", "make", "false", "0"],
    ["gone", "", "", ""],
    [`'=cmd("x"),1`, "", "", ""],
  ]);
  expect(rows[0]).toMatchObject({ level: "-1", images_different: "2", python: "3.8.18" });
  expect(rows[2]).toMatchObject({ cause: "gone is not a folder", directory: "/papers/gone" });
});
