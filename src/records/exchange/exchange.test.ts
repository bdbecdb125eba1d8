import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountOf, type RunSource } from "./account.ts";
import { hidePaths, uriPath } from "./hidden-paths.ts";
import { runFormats } from "./run-formats.ts";
import { sampleHome, sampleRoot, sampleRun } from "./sample-run.ts";

const account = accountOf(sampleRun);
const written = (id: string, from = account): unknown =>
  JSON.parse(runFormats.find((format) => format.id === id)?.write(from) ?? "");

describe.each(runFormats.map((format) => [format.id, format] as const))("%s", (_id, format) => {
  test("gives the same text for the same record, whatever the order of what was seen", () => {
    const text = format.write(account);
    const { trace } = sampleRun;
    const turned = { ...trace, files: trace.files.toReversed() };
    expect(format.write(accountOf({ ...sampleRun, trace: turned }))).toBe(text);
    expect(text.endsWith("}\n")).toBe(true);
  });

  test("says nothing of the owner's home, and no secret", () => {
    expect(format.write(account)).not.toMatch(/\/home\/ana|geheim/u);
  });

  test("names the run, the packages that were imported, and what could not be seen", () => {
    const text = format.write(account);
    for (const told of [account.id, "numpy", "2.1.3", "setuptools", "files that C code opened"])
      expect(text).toContain(told);
  });

  test("an empty record that left nothing is told, or refused with a reason", () => {
    const { run, trace } = sampleRun;
    const empty: RunSource = {
      ...sampleRun,
      run: { ...run, exitCode: 0, outputs: [], stderr: null },
      trace: { ...trace, files: [], modules: [], processes: [], git: null },
    };
    if (format.id === "in-toto") expect(() => format.write(accountOf(empty))).toThrow("left nothing");
    else expect(JSON.parse(format.write(accountOf(empty)))).toBeTypeOf("object");
  });

  test("arbitrary names and texts never throw, and stay UTF-8", () => {
    const { run, trace } = sampleRun;
    const name = fc.string({ unit: "binary", minLength: 1 });
    fc.assert(
      fc.property(name, name, name, (path, word, tail) => {
        const [first] = trace.files;
        const [output] = run.outputs;
        const [process] = trace.processes;
        if (first === undefined || output === undefined || process === undefined)
          throw new Error("no sample");
        const text = format.write(
          accountOf({
            ...sampleRun,
            run: { ...run, errorTail: tail, outputs: [{ ...output, path }] },
            trace: { ...trace, files: [{ ...first, path }], processes: [{ ...process, argv: [word, tail] }] },
          }),
        );
        expect(Buffer.from(text).toString()).toBe(text);
        JSON.parse(text);
      }),
    );
  });
});

test("what was read is told apart from what was left, with what is known of each", () => {
  expect(
    account.inputs.map(({ path, digest, note }) => [path, digest?.slice(0, 1), note?.slice(0, 7)]),
  ).toEqual([
    [".env", undefined, "its nam"],
    ["data/été 1.csv", "a", undefined],
    ["growing.log", undefined, "changed"],
    ["old.tmp", undefined, "changed"],
    ["ro-crate-metadata.json", "a", undefined],
    ["state.json", undefined, "changed"],
    ["train.py", "a", undefined],
    ["~/shared/reference.csv", "a", undefined],
  ]);
  expect(account.outputs.map(({ path, digest }) => [path, digest?.slice(0, 1)])).toEqual([
    ["/data/log.txt", "b"],
    ["latest", "b"],
    ["results/a:b.txt", "b"],
    ["results/caf\udce9.csv", "b"],
    ["state.json", "b"],
  ]);
  expect(account.deleted).toEqual(["old.tmp"]);
  expect(account.line).toBe(".venv/bin/python train.py --password '***'");
  expect(account.error).toContain('File "train.py", line 3\n  File "~/lib/x.py"');
});

test("what rung run recorded fills in what no trace can know", () => {
  const input = (path: string) => ({ path, digest: "f".repeat(64), role: "data" as const, kept: true });
  const made = accountOf({
    ...sampleRun,
    run: {
      ...sampleRun.run,
      circumstances: {
        line: `python train.py --data ${sampleRoot}/data --password 'geheim geheim' | tee "a b"`,
        cwd: ".",
        env: {},
        words: ["--api-key", "geheim", "two words"],
        seed: 7,
        forceSeed: false,
        environment: {
          source: "own",
          description: "",
          digest: null,
          prefix: `${sampleHome}/env`,
          interpreter: `${sampleHome}/env/bin/python`,
          packages: {},
        },
        lock: { path: "uv.lock", digest: "9".repeat(64) },
        git: null,
        variables: [
          { name: "DATA", value: `${sampleHome}/data`, secret: false },
          { name: "KEY", value: null, secret: true },
          { name: "API_TOKEN", value: "geheim", secret: false },
        ],
        inputs: [input("state.json"), input(".env"), input("old.tmp")],
        tree: "",
        log: null,
        notes: [],
      },
    },
  });
  expect(made.line).toBe(
    "python train.py --data data --password *** | tee \"a b\" --api-key '***' 'two words'",
  );
  expect(made.choices).toEqual({ seed: "7", API_TOKEN: "***", DATA: "~/data", KEY: "***" });
  const digests = new Map(made.inputs.map(({ path, digest }) => [path, digest?.slice(0, 1) ?? null]));
  expect(["state.json", ".env", "old.tmp"].map((path) => digests.get(path))).toEqual(["f", null, "f"]);
  expect(written("in-toto", made)).toMatchObject({
    predicate: {
      buildDefinition: { externalParameters: { choices: { seed: "7", DATA: "~/data" } } },
    },
  });
  for (const { write } of runFormats) expect(write(made)).not.toMatch(/\/home\/ana|geheim/u);
  expect(JSON.stringify(written("in-toto", made))).toContain("uv.lock");
});

test("a notebook's kernel is told by the command, not by how it was started", () => {
  const { line, processes } = accountOf({ ...sampleRun, run: { ...sampleRun.run, kind: "notebook" } });
  expect([line, ...processes.map((process) => process.line)]).toEqual([
    "train",
    "the kernel of train",
    "/bin/sh",
  ]);
});

test("the crate tells of one action what it took and left, and why it failed", () => {
  const { "@graph": graph } = written("ro-crate") as { "@graph": Record<string, unknown>[] };
  const action = graph.find((entity) => entity["@type"] === "CreateAction");
  expect(action).toMatchObject({
    startTime: "2026-02-03T04:05:06.007+00:00",
    endTime: "2026-02-03T04:05:07.242+00:00",
    instrument: { "@id": "https://www.python.org/" },
    actionStatus: "http://schema.org/FailedActionStatus",
  });
  expect(action?.["result"]).toContainEqual({ "@id": "#absent/results/caf%E9.csv" });
  expect(action?.["object"]).toContainEqual({ "@id": "data/%C3%A9t%C3%A9%201.csv" });
  expect(action?.["object"]).toContainEqual({ "@id": "#outside/~/shared/reference.csv" });
  const ids = graph.map((entity) => entity["@id"]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(graph.find((entity) => entity["@id"] === "state.json")).toMatchObject({
    "@type": "File",
    contentSize: "3",
    sha256: "b".repeat(64),
  });
});

test("PROV says which process did what only where one is known to have", () => {
  const told = written("prov") as Record<string, Record<string, Record<string, unknown>>>;
  const generated = Object.values(told["wasGeneratedBy"] ?? {});
  const by = (path: string): unknown =>
    generated.find((one) => one["prov:entity"] === `after:tree/${path}`)?.["prov:activity"];
  expect(by("results/a%3Ab.txt")).toBe("process:9%232");
  expect(by("state.json")).toBe("rung-run:activity");
  const used = Object.values(told["used"] ?? {}).map((one) => [one["prov:entity"], one["prov:activity"]]);
  expect(used).toContainEqual(["before:tree/data/%C3%A9t%C3%A9%201.csv", "process:7"]);
  expect(used).toContainEqual(["before:tree/data/%C3%A9t%C3%A9%201.csv", "process:9%232"]);
  expect(Object.values(told["wasStartedBy"] ?? {}).map((one) => one["prov:starter"])).toEqual([
    "rung-run:activity",
    "process:7",
  ]);
  expect(Object.values(told["wasInvalidatedBy"] ?? {})).toEqual([
    { "prov:entity": "before:tree/old.tmp", "prov:activity": "rung-run:activity" },
  ]);
});

test("in-toto is about the files, never about a link, and says that it is not signed", () => {
  const told = written("in-toto") as { subject: { name: string }[]; predicate: Record<string, unknown> };
  expect(told.subject.map(({ name }) => name)).toEqual([
    "/data/log.txt",
    "results/a:b.txt",
    "results/caf\ufffd.csv",
    "state.json",
  ]);
  expect(told.predicate).toMatchObject({ rung_signed: false, rung_exitCode: 1 });
  const files = { ...account, outputs: [] };
  expect(written("in-toto", files)).toMatchObject({ subject: [{ name: "stdout" }] });
});

test("the bill names each distribution once, with all that was imported of it and where", () => {
  const { components } = written("cyclonedx") as { components: Record<string, unknown>[] };
  expect(components.map(({ purl }) => purl)).toEqual([
    "pkg:generic/python@3.12.1",
    "pkg:pypi/numpy@2.1.3",
    "pkg:pypi/odd",
    "pkg:pypi/setuptools@75.1",
  ]);
  expect(components[1]?.["evidence"]).toEqual({
    occurrences: [{ location: ".venv/lib/python3.12/site-packages/numpy/__init__.py", symbol: "numpy" }],
  });
  expect(components[3]?.["evidence"]).toEqual({
    occurrences: [
      { location: "site-packages/pkg_resources/__init__.py", symbol: "pkg_resources" },
      { location: "site-packages/setuptools/__init__.py", symbol: "setuptools" },
    ],
  });
});

test.each([
  ["/home/ana/p/a.py", "a.py"],
  ["cd /home/ana/p && ls", "cd . && ls"],
  ["/home/ana/p2/a.py", "~/p2/a.py"],
  ["--data=/home/ana/x", "--data=~/x"],
  ["/home/anabel/x", "/home/anabel/x"],
  ["/mnt/home/ana/x", "/mnt/home/ana/x"],
  ["'/home/ana'", "'~'"],
])("%s is told as %s", (text, told) => {
  expect(hidePaths(text, "/home/ana/p", "/home/ana")).toBe(told);
});

test("a home that is the root of all hides nothing; signs in a path are no pattern", () => {
  expect(hidePaths("/a/b", "/", "/")).toBe("/a/b");
  expect(hidePaths("/a-b (1)+/c", "/a-b (1)+", "/home/ana")).toBe("c");
  expect(uriPath("a b/c#?%.txt")).toBe("a%20b/c%23%3F%25.txt");
});
