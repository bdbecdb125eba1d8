import { expect, test } from "vitest";
import { makeFinding, type Ladder, type Rung } from "../model/index.ts";
import { renderChanges } from "./changes.ts";
import { paintFor, renderJson, renderTerminal } from "./index.ts";

const plain = { paint: paintFor({ isTTY: false }, {}), verbose: false };

function rung(level: number, title: string, parts: Partial<Rung>): Rung {
  return {
    level,
    title,
    verdict: "unknown",
    evidence: [],
    findings: [],
    provedAt: null,
    stale: null,
    ...parts,
  };
}

const ladder: Ladder = {
  schemaVersion: 1,
  project: { name: "penguins", root: "/home/ada/penguins", target: 3, commit: "0a1b2c" },
  level: 0,
  rungs: [
    rung(0, "repeatable here, today, by its owner", {
      verdict: "met",
      evidence: [
        { id: "runs:train", status: "proved", summary: "train ran 2 times: same outputs (3 identical)" },
      ],
      findings: [
        makeFinding("hidden-state", "warning", "Cell 3 was run before cell 2", {
          file: "explore.ipynb",
          line: 12,
        }),
      ],
      provedAt: "2026-01-02T03:04:05.000Z",
    }),
    rung(1, "by others, with guidance", {
      verdict: "unmet",
      evidence: [
        { id: "declared", status: "claimed", summary: "4 imports are declared" },
        ...["numpy", "pandas", "scipy", "sympy"].map((name) => ({
          id: `pin:${name}`,
          status: "missing" as const,
          summary: `${name} is not pinned`,
        })),
      ],
      findings: [
        makeFinding("unpinned-dependency", "error", "numpy is not pinned to a version", {
          file: "requirements.txt",
          line: 2,
          why: "Others would get whatever is newest.",
          fix: "write numpy==2.1.0",
        }),
        makeFinding("secret-left-out", "warning", ".env holds secrets: left out of the archive", {
          file: ".env",
        }),
      ],
    }),
    rung(2, "by anyone, today", {
      stale: { reason: "changed since the proof: train.py", changed: ["train.py"] },
      provedAt: "2026-01-01T00:00:00.000Z",
    }),
    rung(3, "indefinitely, with internet", {}),
  ],
  committed: {
    verdict: "partly",
    compared: 4,
    identical: 1,
    normalised: 1,
    tolerance: 1,
    different: 1,
    comparisons: [
      {
        output: "figures/loss.png",
        command: "train",
        verdict: "different",
        comparator: "png",
        rules: [],
        measure: null,
        differences: [{ where: "pixel 3, 4", before: "0 0 0", after: "1 1 1" }],
      },
    ],
  },
  dependsOn: ["your environment stays as it is"],
  commands: [],
  findings: [
    makeFinding("unreadable-folder", "error", "The folder raw cannot be read (EACCES)", { file: "raw" }),
  ],
};

test("a ladder shows what is met, unmet, unknown and stale, what is in the way, and how to mend it", () => {
  expect(renderTerminal(ladder, plain)).toMatchInlineSnapshot(`
    "penguins  level 0  repeatable here, today, by its owner  (target 3)

      3  ? unknown  indefinitely, with internet
                      not proved yet
      2  ? unknown  by anyone, today
                      stale: changed since the proof: train.py
      1  ✘ unmet    by others, with guidance
                      numpy is not pinned
                      pandas is not pinned
                      scipy is not pinned
                      and 1 more
    ► 0  ✔ met      repeatable here, today, by its owner

    committed: partly  (3 of 4: 1 identical, 1 equal after normalising, 1 within tolerance, 1 different)
      figures/loss.png at pixel 3, 4: "0 0 0" became "1 1 1"

    This holds as long as
      - your environment stays as it is

    In the way of level 1
      raw: error The folder raw cannot be read (EACCES) [unreadable-folder]
      requirements.txt:2: error numpy is not pinned to a version [unpinned-dependency]
          why: Others would get whatever is newest.
          fix: write numpy==2.1.0
      .env: warning .env holds secrets: left out of the archive [secret-left-out]
    "
  `);
});

test("verbose shows every finding and all evidence", () => {
  expect(renderTerminal(ladder, { ...plain, verbose: true })).toMatchInlineSnapshot(`
    "penguins  level 0  repeatable here, today, by its owner  (target 3)

      3  ? unknown  indefinitely, with internet
                      not proved yet
      2  ? unknown  by anyone, today
                      stale: changed since the proof: train.py
      1  ✘ unmet    by others, with guidance
                      numpy is not pinned
                      pandas is not pinned
                      scipy is not pinned
                      and 1 more
    ► 0  ✔ met      repeatable here, today, by its owner

    committed: partly  (3 of 4: 1 identical, 1 equal after normalising, 1 within tolerance, 1 different)
      figures/loss.png at pixel 3, 4: "0 0 0" became "1 1 1"

    This holds as long as
      - your environment stays as it is

    Findings
      raw: error The folder raw cannot be read (EACCES) [unreadable-folder]
      requirements.txt:2: error numpy is not pinned to a version [unpinned-dependency]
          why: Others would get whatever is newest.
          fix: write numpy==2.1.0
      explore.ipynb:12: warning Cell 3 was run before cell 2 [hidden-state]
      .env: warning .env holds secrets: left out of the archive [secret-left-out]

    Evidence
      0  proved   train ran 2 times: same outputs (3 identical)
      1  claimed  4 imports are declared
      1  missing  numpy is not pinned
      1  missing  pandas is not pinned
      1  missing  scipy is not pinned
      1  missing  sympy is not pinned
    "
  `);
});

test("what a project says cannot steer the terminal", () => {
  const escape = "\u001b[2J\r\u202e";
  const hostile = {
    ...ladder,
    project: { ...ladder.project, name: escape },
    findings: [
      makeFinding("unreadable-folder", "error", escape, { file: `${escape}.py`, why: escape, fix: escape }),
    ],
  };
  const change = { path: escape, before: null, after: `${escape}\n`, why: escape };
  for (const text of [
    renderTerminal(hostile, { ...plain, verbose: true }),
    renderChanges([change], plain.paint),
  ]) {
    for (const character of ["\u001b", "\r", "\u202e"]) expect(text).not.toContain(character);
    expect(text).toContain(String.raw`\x1b[2J\x0d\u202e`);
  }
});

test("nothing proved is not level 0", () => {
  const fresh: Ladder = {
    ...ladder,
    level: null,
    rungs: [rung(0, "repeatable here, today, by its owner", {})],
    committed: { ...ladder.committed, verdict: "unknown", compared: 0, comparisons: [] },
    dependsOn: [],
    findings: [],
  };
  expect(renderTerminal(fresh, plain)).toMatchInlineSnapshot(`
    "penguins  level ?  not known yet: nothing was proved

      0  ? unknown  repeatable here, today, by its owner
                      not proved yet

    committed: unknown
    "
  `);
});

test("colours come only where a terminal takes them", () => {
  const coloured = (stream: { isTTY?: boolean }, environment: Record<string, string>): boolean =>
    renderTerminal(ladder, { paint: paintFor(stream, environment), verbose: false }).includes("\u001b[");
  expect(coloured({ isTTY: true }, {})).toBe(true);
  expect(coloured({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
  expect(coloured({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  expect(coloured({}, {})).toBe(false);
  expect(coloured({}, { FORCE_COLOR: "1" })).toBe(true);
});

test("a change is a unified diff with its reason", () => {
  const changes = [
    { path: "requirements.txt", before: "numpy\n", after: "numpy==2.1.0\n", why: "pins what is installed" },
    { path: "rung.toml", before: null, after: "target = 3\n", why: "names the commands" },
  ];
  expect(renderChanges(changes, plain.paint)).toMatchInlineSnapshot(`
    "requirements.txt: pins what is installed
    --- a/requirements.txt
    +++ b/requirements.txt
    @@ -1,1 +1,1 @@
    -numpy
    +numpy==2.1.0

    rung.toml: names the commands
    --- /dev/null
    +++ b/rung.toml
    @@ -0,0 +1,1 @@
    +target = 3
    "
  `);
});

test("a long diff and a long line are cut, and say so", () => {
  const after = Array.from({ length: 100 }, (_, line) => `${line}${"x".repeat(200)}`).join("\n");
  const shown = renderChanges([{ path: "pylock.toml", before: null, after, why: "" }], plain.paint).split(
    "\n",
  );
  expect(shown.at(-1)).toMatch(/^\(\d+ more lines\)$/u);
  expect(Math.max(...shown.map((line) => line.length))).toBe(161);
});

test("JSON reads back as it was, and steers no terminal", () => {
  const value = { text: "\u001b[2J\u007f\u009b31m\u202e\u2066 é\n\t" };
  const text = renderJson(value);
  expect(JSON.parse(text)).toEqual(value);
  for (const character of "\u001b\u007f\u009b\u202e\u2066") expect(text).not.toContain(character);
});

test("JSON is never decorated, and ends in one line break", () => {
  expect(renderJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
});

test("what stands in the way of several rungs is said once, at its weightiest", () => {
  const said = (severity: "error" | "warning"): ReturnType<typeof makeFinding> =>
    makeFinding("python-contradiction", severity, "two Pythons", { file: "environment.yml", line: 6 });
  const rungs = [
    rung(1, "by others", { verdict: "unmet", findings: [said("warning")] }),
    rung(2, "by anyone", { verdict: "unmet", findings: [said("error")] }),
  ];
  const text = renderTerminal({ ...ladder, rungs }, { ...plain, verbose: true });
  expect(text.match(/environment\.yml:6: \w+/gu)).toEqual(["environment.yml:6: error"]);
});
