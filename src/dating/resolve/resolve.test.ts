import path from "node:path";
import { assert, property, string } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  environmentFromPins,
  fetchIndexPage,
  indexSettings,
  listInterpreters,
} from "../../environments/index.ts";
import type { Interpreter } from "../../model/index.ts";
import { runProcess, temporaryDirectory } from "../../system/index.ts";
import { pinsAgainstPython } from "../pins-against-python.ts";
import type { PythonChoice } from "../pythons/python-choices.ts";
import { seriesOf } from "../pythons/releases.ts";
import { readPins } from "./compile.ts";
import { dependentsOf, readFailure } from "./read-failure.ts";
import { firstAfter, groupReleases, nearestRelease, newestAt } from "./releases.ts";
import { resolveAsOf, type Resolution, type ResolutionRequest } from "./resolve-as-of.ts";
import { lineOf, readWanted } from "./wanted.ts";

const interpreter = (version: string): Interpreter => ({
  executable: "",
  version,
  implementation: "cpython",
  basePrefix: "",
});

describe("releases", () => {
  const file = (filename: string, uploaded: string, requiresPython: string | null = null) => ({
    filename,
    url: "",
    sha256: null,
    yanked: null,
    requiresPython,
    uploaded,
  });
  const releases = groupReleases([
    file("a-1.0.tar.gz", "2015-01-01"),
    file("a-1.2-py3-none-any.whl", "2016-01-01"),
    file("a-1.4-cp38-cp38-any.whl", "2017-01-01"),
    file("a-2.0-py3-none-any.whl", "2018-01-01", ">=3.8"),
    file("a-2.1rc1-py3-none-any.whl", "2018-02-01"),
    file("a-3.0-py3-none-any.whl", "2020-01-01"),
    file("nonsense.exe", "2020-01-01"),
  ]);
  const old = interpreter("3.6.15");

  test.each([
    ["1.0", "", "1.2"],
    ["1.3", "", "1.2"],
    ["2.0", "", "3.0"],
    ["2.0", "<3", "1.2"],
    ["0.1", "", "1.2"],
    ["9", "", "3.0"],
    ["1.0", "==7", undefined],
  ])("the nearest to %s within %j", (pin, specifier, expected) => {
    expect(nearestRelease(releases, pin, old, specifier)?.version).toBe(expected);
  });

  test("by the day", () => {
    expect(newestAt(releases, "2019-01-01", old)?.version).toBe("1.2");
    expect(newestAt(releases, "2019-01-01", interpreter("3.8.1"))?.version).toBe("2.0");
    expect(newestAt(releases, "2015-06-01", old)).toBeNull();
    expect(firstAfter(releases, "2016-06-01", old, "")?.release.version).toBe("3.0");
  });
});

describe("reading", () => {
  test("requirements, and what is none", () => {
    const { wanted, findings } = readWanted([
      { text: "Foo_Bar[x]==1.2 ; python_version < '4'", location: null },
      { text: "a>=1,<2", location: null },
      { text: "b==1.*", location: null },
      { text: "=== what", location: { file: "r.txt", line: 4 } },
    ]);
    expect(wanted.map(({ requirement, pin }) => [lineOf(requirement), pin])).toEqual([
      ["foo-bar[x]==1.2 ; python_version < '4'", "1.2"],
      ["a>=1,<2", null],
      ["b==1.*", null],
    ]);
    expect(findings).toMatchObject([{ rule: "requirement-unreadable", file: "r.txt", line: 4 }]);
  });

  test("what uv says of a failure", () => {
    const text =
      "error: No solution found\n  cause: Because all versions of mpmath have no usable wheels and sympy==1.4 depends on\n" +
      "         mpmath>=0.19, we can conclude that sympy==1.4 cannot be used.\n" +
      "hint: Wheels are required for `mpmath` because building from source is disabled\n";
    expect(readFailure(text)).toMatchObject({ unserved: ["mpmath"], unknown: [] });
    expect(dependentsOf(text, "mpmath")).toEqual(["sympy"]);
    expect(readFailure("error: Because nosuch was not found in the package registry").unknown).toEqual([
      "nosuch",
    ]);
    assert(property(string(), (anything) => Array.isArray(readFailure(`error: ${anything}`).named)));
  });

  test("pins", () => {
    const { pins, text } = readPins("# x\nA_b==1.0\nc[d]==2 ; x\ne @ https://x.org/e.whl\n    # via c\n");
    expect(Object.fromEntries(pins)).toEqual({ "a-b": "1.0", c: "2", e: "https://x.org/e.whl" });
    expect(text.split("\n")).toHaveLength(4);
  });
});

const reached = await fetchIndexPage(indexSettings().indexUrl, "six").then(
  () => true,
  () => false,
);
const installed = await listInterpreters();
const choice = (series: string): PythonChoice | null => {
  const found = installed.find(
    ({ version, implementation }) => implementation === "cpython" && seriesOf(version) === series,
  );
  return found === undefined ? null : { interpreter: found, reason: "asked for by the test" };
};
const has = (...series: readonly string[]): boolean => reached && series.every((one) => choice(one) !== null);

describe("as of a day (skipped without the index and these Pythons)", () => {
  const room = temporaryDirectory("dating");
  const cacheBefore = process.env["RUNG_CACHE"];
  beforeAll(() => {
    process.env["RUNG_CACHE"] = path.join(room.path, "cache");
  });
  afterAll(() => {
    if (cacheBefore === undefined) delete process.env["RUNG_CACHE"];
    else process.env["RUNG_CACHE"] = cacheBefore;
    room[Symbol.dispose]();
  });

  const resolve = (
    texts: readonly string[],
    date: string,
    series: readonly string[],
    more: Partial<ResolutionRequest> = {},
  ): Promise<Resolution> =>
    resolveAsOf(
      {
        requirements: texts.map((text, index) => ({ text, location: { file: "r.txt", line: index + 1 } })),
        bounds: [],
        date,
        pythons: series.map(choice).filter((one) => one !== null),
        allowBuilds: false,
        ...more,
      },
      () => {},
    );
  const said = ({ findings }: Resolution): unknown => findings.map(({ rule, line }) => [rule, line]);

  test.skipIf(!has("3.6"))("releases with metadata of their time resolve and install", async () => {
    const found = await resolve(["pandas"], "2018-11-14", ["3.6"]);
    expect(Object.fromEntries(found.pins)).toMatchObject({
      pandas: "0.23.4",
      numpy: "1.15.4",
      pytz: "2018.7",
    });
    const small = found.requirements.split("\n").filter((line) => /^(?:six|pytz)=/u.test(line));
    const environment = await environmentFromPins(
      { pins: `${small.join("\n")}\n`, interpreter: found.python.interpreter },
      () => {},
    );
    const python = path.join(environment.binDirectory, "python");
    const { stdout } = await runProcess([python, "-c", "import pytz, six; print(pytz.__version__)"]);
    expect(stdout.toString("utf8").trim()).toBe("2018.7");
  });

  test.skipIf(!has("3.8"))(
    "what has no wheel gives way to the nearest, and says so with its line",
    async () => {
      const found = await resolve(["six", "future==0.16.0", "docopt"], "2020-06-01", ["3.8"]);
      expect(Object.keys(Object.fromEntries(found.pins))).toEqual(["future", "six"]);
      expect(found.pins.get("six")).toBe("1.15.0");
      expect(said(found)).toEqual(
        expect.arrayContaining([
          ["pin-relaxed", 2],
          ["requirement-dropped", 3],
        ]),
      );
    },
  );

  test.skipIf(!has("3.6"))(
    "a pin that needs what has no wheel moves on to where it needs it no more",
    async () => {
      const found = await resolve(["ipython==6.5.0", "simplegeneric==0.8.1"], "2018-08-01", ["3.6"]);
      expect([found.pins.get("ipython"), found.pins.has("simplegeneric")]).toEqual(["7.1.1", false]);
      expect(found.findings.map(({ message }) => message)).toContain(
        "ipython==6.5.0 gives way to ipython==7.1.1: it needs simplegeneric, which has no wheel.",
      );
    },
  );

  test.skipIf(!has("3.6"))("what goes with the old one of such a pin moves on with it", async () => {
    const found = await resolve(
      ["ipython==6.3.1", "jupyter-console==5.2.0", "prompt-toolkit==1.0.15", "simplegeneric==0.8.1"],
      "2018-05-01",
      ["3.6"],
    );
    expect(found.pins.get("ipython")).toBe("7.1.1");
    expect(found.findings.map(({ message }) => message)).toContain(
      "jupyter-console==5.2.0 gives way to jupyter-console==6.0.0: it does not go with the later ipython.",
    );
    expect(found.pins.get("prompt-toolkit")).toMatch(/^2\.0\./u);
  });

  test.skipIf(!has("3.6"))(
    "what needs a package without a wheel is taken later, not from years before",
    async () => {
      const found = await resolve(["ipython"], "2017-06-02", ["3.6"]);
      expect(found.pins.get("ipython")).toBe("7.1.1");
      expect(said(found)).toContainEqual(["newer-than-date", 1]);
    },
  );

  test.skipIf(!has("3.6"))(
    "what a later release needs is of its day, not the first that has a wheel",
    async () => {
      const found = await resolve(["numba"], "2017-01-16", ["3.6"]);
      expect([found.pins.get("numba"), found.pins.get("llvmlite")]).toEqual(["0.35.0", "0.20.0"]);
      expect(found.findings.map(({ message }) => message)).toContainEqual(
        expect.stringContaining("llvmlite is taken as of 2017-09-08: that is the day of numba 0.35.0"),
      );
    },
  );

  test.skipIf(!has("3.7", "3.12"))("pins choose the Python", async () => {
    const found = await resolve(["numpy==2.1.2"], "2024-12-01", ["3.7", "3.12"]);
    expect([seriesOf(found.python.interpreter.version), found.pins.get("numpy")]).toEqual(["3.12", "2.1.2"]);
    expect(said(found)).toEqual([["python-chosen", null]]);
  });

  test.skipIf(!has("3.8"))("a removed API steps the whole day back; later pins move it forward", async () => {
    const bound = { distribution: "markupsafe", specifier: "<2.1", reason: "no soft_unicode" };
    const back = await resolve(["jinja2"], "2024-12-01", ["3.8"], { bounds: [bound] });
    expect(Object.fromEntries(back.pins)).toEqual({ jinja2: "3.0.3", markupsafe: "2.0.1" });
    expect(said(back)).toEqual([["date-stepped-back", null]]);
    const later = await resolve(["idna==3.4", "six"], "2020-01-01", ["3.8"]);
    expect(Object.fromEntries(later.pins)).toEqual({ idna: "3.4", six: "1.16.0" });
    expect(said(later)).toEqual([["pins-newer-than-date", 1]]);
  });

  test.skipIf(!reached)("pins that do not serve the Python named with them", async () => {
    const findings = await pinsAgainstPython(
      [
        { text: "numpy==2.1.2", location: { file: "r.txt", line: 1 } },
        { text: "six==1.16.0", location: { file: "r.txt", line: 2 } },
        { text: "numpy==1.14.3", location: { file: "r.txt", line: 3 } },
      ],
      "3.7",
      { file: "runtime.txt", line: 1 },
    );
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ["pin-needs-other-python", 1],
      ["pin-needs-other-python", 3],
    ]);
    expect(findings[0]?.message).toBe(
      "numpy==2.1.2 needs Python >=3.10, and the project names Python 3.7 (runtime.txt).",
    );
  });
});
