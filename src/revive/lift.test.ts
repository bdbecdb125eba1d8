import { describe, expect, test } from "vitest";
import { failedRun } from "../../test/support/failed-run.ts";
import { readConfig } from "../manifests/index.ts";
import type { Command } from "../model/index.ts";
import type { Asked, Prepared } from "./attempt.ts";
import { liftConfig } from "./lifted-config.ts";
import { liftSpec } from "./lifted-spec.ts";
import type { RevivedGroup } from "./revive-group.ts";

const interpreter = {
  executable: "/usr/bin/python3",
  version: "3.8.18",
  implementation: "cpython",
  basePrefix: "/usr",
};

function prepared(pins: Readonly<Record<string, string>>): Prepared {
  const environment = {
    source: "spec" as const,
    prefix: "/nowhere",
    binDirectory: "/nowhere/bin",
    interpreter,
    digest: "1",
    description: "",
    packages: pins,
  };
  return { environment, pins: new Map(Object.entries(pins)), requirements: "", leftOut: [] };
}

const asked = (name: string, origin: Asked["origin"], file = "main.py"): Asked => ({
  name,
  text: name,
  location: { file, line: 1 },
  origin,
});

async function group(
  files: Readonly<Record<string, string>>,
  names: readonly Asked[],
  more: Partial<RevivedGroup> & { readonly command?: Partial<Command> } = {},
) {
  using made = await failedRun(files, { run: "python main.py", ...more.command }, "");
  const { project } = made;
  const entry = { given: "main", command: made.command, before: [], stands: null };
  const whole: RevivedGroup = {
    folder: "",
    manifests: project.manifests,
    attempt: { entries: [entry], asked: names, bounds: [], called: [], folders: [] },
    prepared: null,
    ran: new Map(),
    installCause: null,
    dropped: [],
    findings: [],
    ...more,
  };
  const ready = prepared({ pandas: "1.1.4", numpy: "1.19.4", pytz: "2020.4" });
  return { spec: liftSpec({ project }, whole, ready), config: liftConfig({ project }, whole, ready) };
}

describe("what is written of a revival", () => {
  test("a requirements.txt with what was inferred, direct dependencies alone", async () => {
    const { spec } = await group({ "main.py": "" }, [
      asked("pandas", "inferred"),
      asked("numpy", "failed run"),
    ]);
    expect(spec.changes).toMatchObject([{ path: "requirements.txt", before: null }]);
    expect(spec.text.trim().split("\n").sort()).toEqual(["numpy==1.19.4", "pandas==1.1.4"]);
  });

  test("the owner's own file, its comments kept, what was left out as a comment", async () => {
    const files = {
      "main.py": "",
      "requirements.txt": "# for the paper\npandas>=1.0  # tables\nold-tool==0.1\n",
    };
    const { spec } = await group(
      files,
      [asked("pandas", "declared", "requirements.txt"), asked("numpy", "inferred")],
      {
        dropped: ["old-tool"],
      },
    );
    expect(spec.text).toContain(
      "# for the paper\npandas==1.1.4  # tables\n# not imported, and does not install: old-tool==0.1\n",
    );
    expect(spec.text).toContain("numpy==1.19.4");
  });

  test("of what a lock holds only what the spec declares, and what was added", async () => {
    const pyproject = '[project]\nname = "p"\nversion = "1"\ndependencies = [\n  "pandas>=1.0",\n]\n';
    const { spec } = await group({ "main.py": "", "pyproject.toml": pyproject }, [
      asked("pandas", "lock", "uv.lock"),
      asked("pytz", "lock", "uv.lock"),
      asked("numpy", "inferred"),
    ]);
    expect(spec.text).toContain('"pandas==1.1.4"');
    expect(spec.text).toContain("numpy==1.19.4");
    expect(spec.text).not.toContain("pytz");
  });

  test("a requirements.txt beside an environment.yml, which stays as it is", async () => {
    const files = { "main.py": "", "environment.yml": "dependencies:\n  - pandas\n" };
    const { spec } = await group(files, [asked("pandas", "declared", "environment.yml")]);
    expect(spec.changes.map(({ path }) => path)).toEqual(["requirements.txt"]);
  });

  test("commands as they ran, in a rung.toml that reads back", async () => {
    const command = { run: "python main.py", cwd: "src", env: { PYTHONPATH: "../lib" } };
    const { config } = await group({ "main.py": "" }, [], { command });
    const { config: read, findings } = await readConfig("rung.toml", config.change?.after ?? "");
    expect(findings).toEqual([]);
    expect(read).toMatchObject({
      python: "3.8",
      commands: { main: { cwd: "src", env: { PYTHONPATH: "../lib" } } },
    });
  });
});
