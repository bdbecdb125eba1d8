import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitAll, projectWith, rung } from "../support/cli.ts";
import { running, soundProject } from "../support/sound-project.ts";
import { canRun, examine, expectError, finding, listing } from "../support/untouched.ts";

const timeout = 60_000;

describe("a configuration that cannot be followed", { timeout }, () => {
  test.each([
    ["broken TOML", '[commands.main]\nrun = "python main.py\n', 2, "config-invalid", /not valid TOML/u],
    [
      "a key that is none",
      '[commands.main]\nrun = "python main.py"\ntimout = 3\n',
      3,
      "config-unknown-key",
      /no key "timout" in commands.main/u,
    ],
    ["a command with a NUL", '[commands.main]\nrun = "python \\u0000"\n', 2, "config-invalid", /NUL/u],
    [
      "a need that is no command",
      '[commands.main]\nrun = "true"\nneeds = ["mian"]\n',
      3,
      "config-unknown-command",
      /"mian"/u,
    ],
  ])("%s", (_, text, line, rule, words) => {
    using project = projectWith({ ...soundProject, "rung.toml": text });
    const checked = examine(project.root, ["check"]);
    expect(checked.code).toBe(0);
    expect(finding(checked, rule)).toMatchObject({ file: "rung.toml", line, severity: "error" });
    const proved = examine(project.root, ["prove", "0"]);
    expectError(proved, "CONFIG_INVALID", words);
    expect(proved.json.error?.location).toEqual({ file: "rung.toml", line });
    expect(proved.stderr).toContain(`rung: rung.toml:${line}: `);
  });

  test("the key that was meant is suggested", () => {
    using project = projectWith({ ...soundProject, "rung.toml": 'pyhton = "3.11"\n' });
    expect(finding(examine(project.root, ["check"]), "config-unknown-key")?.fix).toBe(
      'did you mean "python"?',
    );
  });

  test("a broken [tool.rung]", () => {
    using project = projectWith({ "main.py": "print(1)\n", "pyproject.toml": "[tool.rung]\ntarget = \n" });
    expectError(
      examine(project.root, ["prove", "0"]),
      "CONFIG_INVALID",
      /pyproject\.toml is not valid TOML/u,
    );
  });
});

describe("files that cannot be read as what they are", { timeout }, () => {
  test("a broken pyproject.toml stops level 1 at its line", () => {
    using project = projectWith({ "main.py": "print(1)\n", "pyproject.toml": '[project]\nname = "x\n' });
    const said = examine(project.root, ["prove", "1"]);
    expect([said.code, said.json.level]).toEqual([1, 0]);
    expect(finding(said, "pyproject-invalid")).toMatchObject({ file: "pyproject.toml", line: 2 });
  });

  test("requirements with a NUL prove nothing", () => {
    using project = projectWith({ ...soundProject, "requirements.txt": "# one\nsix\0==1.16.0\n" });
    const said = examine(project.root, ["prove", "2"]);
    expect([said.code, said.json.level]).toEqual([4, null]);
    expect(finding(said, "requirements-nul")).toMatchObject({ file: "requirements.txt", line: 2 });
  });

  test("a notebook of 200 MB is passed over in little time and memory", () => {
    using project = projectWith({ "README.md": "# Big\n" });
    const file = fs.openSync(path.join(project.root, "big.ipynb"), "w");
    fs.writeSync(file, '{"cells": [{"cell_type": "code", "source": "');
    const megabyte = Buffer.alloc(1 << 20, "x");
    for (let n = 0; n < 200; n += 1) fs.writeSync(file, megabyte);
    fs.closeSync(file);
    const started = performance.now();
    const said = examine(project.root, ["check"], {
      through: ["/bin/sh", "-c", 'ulimit -v 33000000; exec "$@"', "sh"],
    });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(finding(said, "notebook-too-large")).toMatchObject({
      file: "big.ipynb",
      message: expect.stringContaining("210 MB") as string,
    });
  });

  test("a README and requirements with escape sequences never reach the terminal raw", () => {
    const hostile = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e";
    using project = projectWith({
      ...soundProject,
      "README.md": `# ${hostile}\n\n\`\`\`sh\npython main.py ${hostile}\n\`\`\`\n`,
      "requirements.txt": `six${hostile}==1\n`,
      "main.py": `import sys\nprint(${JSON.stringify(hostile)}, file=sys.stderr)\nraise SystemExit(${JSON.stringify(`no ${hostile}`)})\n`,
      [`no\u001b[2Jtebook.ipynb`]: "{",
      "rung.toml": '"ke\\u001by" = 1\n',
    });
    for (const words of [
      ["check", "--verbose"],
      ["check", "--json"],
      ["prove", "0"],
      ["prove", "0", "--json"],
      ["run", "\u001b[2J"],
    ]) {
      const said = rung([...words, project.root]);
      // oxlint-disable-next-line no-control-regex
      expect(said.stdout + said.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
      expect(said.code).not.toBe(70);
    }
    expect(rung(["check", project.root]).stdout).toContain(String.raw`ke\x1by`);
    fs.writeFileSync(path.join(project.root, "rung.toml"), soundProject["rung.toml"] ?? "");
    fs.writeFileSync(path.join(project.root, "requirements.txt"), "");
    const failed = rung(["prove", "0", project.root]);
    expect(failed.code).toBe(1);
    // oxlint-disable-next-line no-control-regex
    expect(failed.stdout + failed.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  });
});

describe("trees of odd shapes", { timeout }, () => {
  test("what is no folder", () => {
    using project = projectWith({ "main.py": "print(1)\n" });
    fs.symlinkSync("loop", path.join(project.root, "loop"));
    for (const name of ["main.py", "nothing", "loop", "x".repeat(300)]) {
      const said = rung(["check", path.join(project.root, name), "--json"]);
      expect(said.code).toBe(5);
      expect(JSON.parse(said.stdout)).toMatchObject({
        error: { code: "PROJECT_NOT_FOUND", hint: expect.any(String) as string },
      });
    }
    expect(fs.readdirSync(project.root).sort()).toEqual(["loop", "main.py"]);
  });

  test("an empty folder has nothing to prove", () => {
    using project = projectWith({ gone: "" });
    fs.rmSync(path.join(project.root, "gone"));
    const said = examine(project.root, ["prove", "0"]);
    expect([said.code, said.json.level]).toEqual([4, null]);
    expect(finding(said, "no-commands")).toMatchObject({
      fix: expect.stringContaining("rung init") as string,
    });
  });

  test("symbolic links in circles are kept as links, to level 2", () => {
    using project = projectWith({ ...soundProject, "sub/inner.txt": "" });
    for (const [target, name] of [
      ["self", "self"],
      [".", "here"],
      ["../..", "sub/up"],
      ["nowhere", "broken"],
    ] as const) {
      fs.symlinkSync(target, path.join(project.root, name));
    }
    const said = examine(project.root, ["prove", "2"]);
    expect([said.code, said.json.level]).toEqual([0, 2]);
  });

  test("names that are not UTF-8, with spaces, or of other scripts, to level 2", () => {
    using project = projectWith({});
    const root = path.join(path.dirname(project.root), "Ünï cödé ⚡ d'ir");
    const files = {
      ...soundProject,
      "main.py":
        'import os\nfor name in sorted(os.listdir(b"d\\xe9")): print(name)\nopen(b"d\\xe9/out\\xff", "w").write("x")\n',
    };
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(root, { recursive: true });
      fs.writeFileSync(path.join(root, name), content);
    }
    const folder = Buffer.concat([Buffer.from(`${root}/d`), Buffer.from([0xe9])]);
    fs.mkdirSync(folder);
    fs.writeFileSync(Buffer.concat([folder, Buffer.from("/caf"), Buffer.from([0xe9])]), "5");
    commitAll(root);
    const said = examine(root, ["prove", "2"]);
    expect([said.code, said.json.level]).toEqual([0, 2]);
    expect(said.json.rungs?.[2]?.evidence.map((item) => item.summary)).toContain(
      "main in a clean room: same outputs (3 identical)",
    );
  });

  test("a project inside a larger repository is proved by itself, to level 2", () => {
    using repository = projectWith({ "top.txt": "not the project's\n" });
    const root = path.join(repository.root, "papers/first");
    fs.mkdirSync(root, { recursive: true });
    for (const [name, content] of Object.entries(soundProject))
      fs.writeFileSync(path.join(root, name), content);
    commitAll(repository.root);
    fs.writeFileSync(path.join(repository.root, "other.csv"), "1\n");
    const before = listing(repository.root).filter((line) => !line.includes("/.rung"));
    const said = examine(root, ["prove", "2"]);
    expect([said.code, said.json.level]).toEqual([0, 2]);
    expect(listing(repository.root).filter((line) => !line.includes("/.rung"))).toEqual(before);
    fs.rmSync(path.join(root, "data.json"));
    expect(examine(root, ["status"]).json.rungs?.[0]?.stale?.changed).toEqual(["data.json"]);
  });
});

describe("commands that misbehave", { timeout }, () => {
  test("300 MB on standard output", () => {
    using project = projectWith(running("head -c 300000000 /dev/zero | tr '\\\\0' x"));
    const said = examine(project.root, ["prove", "0"]);
    expect([said.code, said.json.level]).toEqual([0, 0]);
  });

  test("one that never ends", () => {
    using project = projectWith(running("sleep 1000", "timeout = 1\n"));
    const said = examine(project.root, ["prove", "0"]);
    expect([said.code, said.json.level]).toEqual([1, -1]);
    expect(finding(said, "command-times-out")).toMatchObject({
      file: "rung.toml",
      message: expect.stringContaining("within 1 s") as string,
    });
  });

  test("one that leaves a daemon", () => {
    const token = `7${Date.now()}`;
    using project = projectWith({
      ...soundProject,
      "main.py": `import subprocess\nsubprocess.Popen(["sleep", "${token}"], start_new_session=True)\nsubprocess.Popen(["sh", "-c", "sleep ${token} & sleep ${token}"])\nprint(1)\n`,
    });
    const said = examine(project.root, ["prove", "0"]);
    expect([said.code, said.json.level]).toEqual([0, 0]);
    expect(canRun("pgrep", "-f", `sleep ${token}`)).toBe(false);
  });
});

describe("records that are damaged", { timeout }, () => {
  const damages: readonly (readonly [string, (records: string) => void])[] = [
    ["no database", (records) => fs.writeFileSync(`${records}/rung.sqlite`, "x".repeat(20_000))],
    [
      "pages overwritten",
      (records) =>
        fs.writeFileSync(
          `${records}/rung.sqlite`,
          Buffer.concat([
            fs.readFileSync(`${records}/rung.sqlite`).subarray(0, 4096),
            Buffer.alloc(60_000, 7),
          ]),
        ),
    ],
    ["contents gone", (records) => fs.rmSync(`${records}/blobs`, { recursive: true })],
    [
      "a link in their place",
      (records) =>
        void (fs.renameSync(records, `${records}-elsewhere`), fs.symlinkSync(".rung-elsewhere", records)),
    ],
    [
      "a file in their place",
      (records) => void (fs.rmSync(records, { recursive: true }), fs.writeFileSync(records, "")),
    ],
  ];
  let proved: ReturnType<typeof projectWith>;
  beforeAll(() => {
    proved = projectWith(soundProject);
    expect(examine(proved.root, ["prove", "0"]).code).toBe(0);
  });
  afterAll(() => proved[Symbol.dispose]());

  test.each(damages)("%s", (_, damage) => {
    using project = projectWith({});
    fs.cpSync(proved.root, project.root, { recursive: true, preserveTimestamps: true });
    damage(path.join(project.root, ".rung"));
    fs.writeFileSync(path.join(project.root, "new.txt"), "");
    expectError(examine(project.root, ["status"]), "STORE_CORRUPT", /\.rung/u);
    expectError(examine(project.root, ["check"]), "STORE_CORRUPT", /\.rung/u);
    fs.rmSync(path.join(project.root, ".rung"), { recursive: true });
    expect(examine(project.root, ["check"]).code).toBe(0);
  });
});
