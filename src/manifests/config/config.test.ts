import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandsFromConfig, defaultConfig, readConfig, writeConfig } from "../index.ts";
import { configSchema } from "../../model/schemas.ts";
import { makeCommand } from "../shell/make-command.ts";
import { durationSeconds } from "./commands-from-config.ts";
import { nearest } from "./nearest.ts";

const full = `target = 2
python = "3.11"

[project]
name = "thing"

[commands.clean]
run = "python clean.py"
timeout = "10m"

[commands.train]
run = "python train.py"
needs = ["clean"]
outputs = ["models/*.pkl"]
env = { A = "1" }

[commands.train.scenarios.small]
args = "--size 10"
env = { B = "2" }

[commands.look]
notebook = "notebooks/look.ipynb"

[commands.check]
test = "pytest"
`;

test("the defaults are what the schema makes of an empty file", () => {
  expect(defaultConfig()).toEqual(configSchema.parse({}));
});

test("commands with their kinds, durations, scenarios and lines", async () => {
  const { config, findings, positions } = await readConfig("rung.toml", full);
  expect(findings).toEqual([]);
  const commands = commandsFromConfig(config, positions);
  expect(commands.map((c) => [c.name, c.kind, c.run, c.timeoutSeconds, c.location?.line])).toEqual([
    ["clean", "run", "python clean.py", 600, 7],
    ["train", "run", "python train.py", 3600, 11],
    ["train@small", "run", "python train.py --size 10", 3600, 17],
    ["look", "notebook", "notebooks/look.ipynb", 3600, 21],
    ["check", "test", "pytest", 3600, 24],
  ]);
  expect(commands[2]).toMatchObject({ needs: ["clean"], env: { A: "1", B: "2" }, origin: "declared" });
});

test("[tool.rung] in pyproject.toml is the same config; without it there is none", async () => {
  const text = '[project]\nname = "x"\n\n[tool.rung.commands.a]\nrun = "python a.py"\n';
  const { config, positions } = await readConfig("pyproject.toml", text);
  expect(commandsFromConfig(config, positions)).toMatchObject([
    { name: "a", location: { file: "pyproject.toml", line: 4 } },
  ]);
  expect(await readConfig("pyproject.toml", "[tool.other]\n")).toMatchObject({
    config: defaultConfig(),
    findings: [],
  });
});

describe("what is wrong is a finding with its line, and the config is the default", () => {
  const command = '[commands.a]\nrun = "x"\n';
  test.each([
    ["a = 1\nb = \n", "config-invalid", 2, null],
    ["target = 3\nrepeat = 2\n", "config-unknown-key", 2, 'did you mean "repeats"?'],
    [`${command}ouputs = ["a"]\n`, "config-unknown-key", 3, 'did you mean "outputs"?'],
    [`${command}[[compare]]\npaths = ["*"]\ntolerance = 1\n`, "config-unknown-key", 5, "use one of"],
    ['\ntarget = "three"\n', "config-invalid", 2, null],
    ["target = 9\n", "config-invalid", 1, null],
    [`${command}needs = [1]\n`, "config-invalid", 3, null],
    ["[commands.a]\n", "config-invalid", 1, null],
    [`${command}test = "y"\n`, "config-invalid", 1, null],
    [`${command}needs = ["b"]\n`, "config-unknown-command", 3, "the commands are a"],
    [
      `[commands.train]\nrun = "x"\n${command}needs = ["trian"]\n`,
      "config-unknown-command",
      5,
      'did you mean "train"?',
    ],
    [`${command}needs = ["a"]\n`, "config-invalid", 3, null],
    [`${command}timeout = "0s"\n`, "config-invalid", 3, null],
    [`${command}timeout = "soon"\n`, "config-invalid", 3, null],
    ['python = "latest"\n', "config-invalid", 1, null],
    ['[variables.N]\ntype = "int"\ndefault = "x"\n', "config-invalid", 3, null],
    ['[variables.N]\ntype = "bool"\ndefault = 1\n', "config-invalid", 3, null],
    ['[variables.KEY]\nsecret = true\ndefault = "x"\n', "config-invalid", 3, "take the default away"],
    ['[commands."a b"]\nrun = "x"\n', "config-invalid", 1, null],
  ])("%j", async (text, rule, line, fix) => {
    const { config, findings } = await readConfig("rung.toml", text);
    expect(findings[0]).toMatchObject({ rule, line, severity: "error", file: "rung.toml" });
    if (fix !== null) expect(findings[0]?.fix).toContain(fix);
    expect(config).toEqual(defaultConfig());
  });

  test("arbitrary text never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        await readConfig("rung.toml", text);
      }),
      { numRuns: 100 },
    );
  });
});

test("a written config is read back as the same commands", async () => {
  const commands = [
    makeCommand({
      name: "clean",
      kind: "run",
      run: 'python "a b.py" --x \\n',
      location: { file: "README.md", line: 3 },
    }),
    makeCommand({
      name: "look.at",
      kind: "notebook",
      run: "n/é.ipynb",
      location: null,
      needs: ["clean"],
      timeoutSeconds: 60,
    }),
    makeCommand({
      name: "t",
      kind: "test",
      run: "pytest",
      location: null,
      cwd: "sub",
      env: { "K.1": 'v"' },
      outputs: ["o/*"],
      network: true,
      fallback: "clean",
      origin: "guessed",
    }), // eslint-disable-line max-len
  ];
  const text = writeConfig({ name: "my project", python: "3.12", target: 3, commands });
  const { config, findings, positions } = await readConfig("rung.toml", text);
  expect(findings).toEqual([]);
  expect(config).toMatchObject({ target: 3, python: "3.12", project: { name: "my project" } });
  expect(commandsFromConfig(config, positions)).toEqual(
    commands.map((command) =>
      expect.objectContaining({ ...command, origin: "declared", location: expect.anything() }),
    ),
  );
  expect(text).toContain("# found in README.md:3\n[commands.clean]");
});

test("names that a config does not accept are changed, everywhere alike", async () => {
  const commands = [
    makeCommand({ name: "a b", kind: "run", run: "x", location: null }),
    makeCommand({ name: "a@b", kind: "run", run: "y", location: null, needs: ["a b"] }),
  ];
  const { config, findings } = await readConfig(
    "rung.toml",
    writeConfig({ name: null, python: null, target: 3, commands }),
  );
  expect(findings).toEqual([]);
  expect(Object.entries(config.commands).map(([name, { needs }]) => [name, needs])).toEqual([
    ["a-b", []],
    ["a-b-2", ["a-b"]],
  ]);
});

test("an empty draft is a valid config too", async () => {
  const { findings } = await readConfig(
    "rung.toml",
    writeConfig({ name: null, python: null, target: 1, commands: [] }),
  );
  expect(findings).toEqual([]);
});

test.each([
  [90, 90],
  ["90", 90],
  ["90s", 90],
  ["1.5 m", 90],
  ["2h", 7200],
])("%j is %d seconds", (said, seconds) => {
  expect(durationSeconds(said)).toBe(seconds);
});

test.each([
  ["comands", "commands"],
  ["tartget", "target"],
  ["taregt", "target"],
  ["zebra", null],
  ["", null],
])("%s -> %s", (word, meant) => {
  expect(nearest(word, ["commands", "target", "python", "repeats"])).toBe(meant);
});
