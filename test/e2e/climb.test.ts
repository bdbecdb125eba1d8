import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  commitAll,
  environmentWith,
  ladder,
  launch,
  projectWith,
  pythonMinor,
  rulesAt,
  rung,
  rungAt,
} from "../support/cli.ts";

const timeout = 240_000;

/** A script that needs one small package, which is declared without a version. */
const loose = {
  "main.py": 'import idna\n\nif __name__ == "__main__":\n    print(idna.encode("bücher.example").decode())\n',
  "requirements.txt": "# what it needs\nidna\n",
  "README.md": "# Names\n\nEncodes a name.\n",
};

function read(root: string, file: string): string {
  return fs.readFileSync(path.join(root, file), "utf8");
}

describe("the climb to level 3 (needs a package index)", () => {
  test("pins, instructs, declares and locks; then proves each level", { timeout }, () => {
    using project = projectWith(loose);
    commitAll(project.root);
    const result = ladder(["climb", "3", project.root, "--yes"]);
    expect(result.level).toBe(3);
    const verdicts = result.rungs.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(["met", "met", "met", "met", "unknown", "unknown"]);
    expect(read(project.root, "requirements.txt")).toMatch(/^# what it needs\nidna==\d[\d.]*\n$/u);
    expect(read(project.root, "README.md")).toContain("python main.py");
    expect(read(project.root, "rung.toml")).toContain(`python = "${pythonMinor}"`);
    expect(read(project.root, "pylock.toml")).toMatch(/sha256 = "[0-9a-f]{64}"/u);
    const staged = execFileSync("git", ["-C", project.root, "diff", "--cached", "--name-only"], {
      encoding: "utf8",
    });
    expect(staged.trim().split("\n")).toEqual(["README.md", "pylock.toml", "requirements.txt", "rung.toml"]);
  });

  test(
    "the lock is one that plain uv and pip can read, and what it locks is still served",
    { timeout },
    () => {
      using project = projectWith({
        ...loose,
        "rung.toml": `python = "${pythonMinor}"\n[commands.main]\nrun = "python main.py"\n`,
      });
      expect(rung(["lock", project.root]).code).toBe(0);
      const first = read(project.root, "pylock.toml");
      expect(rung(["lock", project.root]).stdout).toContain("unchanged");
      expect(read(project.root, "pylock.toml")).toBe(first);
      const online = ladder(["check", project.root, "--online"]);
      expect(rulesAt(online, 3)).toEqual([]);
      fs.writeFileSync(
        path.join(project.root, "pylock.toml"),
        first.replace(/sha256 = "./u, 'sha256 = "0').replace(/sha256 = "0/u, 'sha256 = "f'),
      );
      expect(rulesAt(ladder(["check", project.root, "--online"]), 3)).toContain("lock-artifact-gone");
    },
  );

  test("shows what it would do and does nothing, when asked", { timeout }, () => {
    using project = projectWith(loose);
    commitAll(project.root);
    const said = rung(["climb", "3", project.root, "--dry-run"]);
    expect(said.code).toBe(0);
    expect(said.stdout).toMatch(/-idna\n\+idna==/u);
    expect(execFileSync("git", ["-C", project.root, "status", "--porcelain"], { encoding: "utf8" })).toBe("");
  });

  test(
    "without a terminal and without --yes nothing is changed, and it says how to go on",
    { timeout },
    () => {
      using project = projectWith(loose);
      commitAll(project.root);
      const said = rung(["climb", "1", project.root]);
      expect(said.code).toBe(2);
      expect(said.stderr).toContain("--yes");
      expect(execFileSync("git", ["-C", project.root, "status", "--porcelain"], { encoding: "utf8" })).toBe(
        "",
      );
    },
  );
});

describe("a proof", () => {
  const proved = {
    "main.py": "print(6 * 7)\n",
    "requirements.txt": "# nothing is needed\n",
    "README.md": "# Answer\n\n```sh\npip install -r requirements.txt\npython main.py\n```\n",
    "rung.toml": `python = "${pythonMinor}"\ntarget = 2\n[commands.main]\nrun = "python main.py"\n`,
  };

  test("goes stale when an input changes, and status names it at once", { timeout }, () => {
    using project = projectWith(proved);
    expect(ladder(["prove", "2", project.root]).level).toBe(2);
    expect(ladder(["status", project.root]).level).toBe(2);
    expect(rung(["status", project.root, "--min", "2"]).code).toBe(0);
    fs.appendFileSync(path.join(project.root, "main.py"), "print(1)\n");
    const stale = ladder(["status", project.root]);
    expect(stale.level).toBeNull();
    expect(rungAt(stale, 0).stale).toMatchObject({ changed: ["main.py"] });
    expect(rung(["status", project.root, "--min", "2"]).code).toBe(4);
    expect(rung(["status", project.root]).stdout).toContain("stale: changed since the proof: main.py");
    expect(ladder(["check", project.root]).level).toBeNull();
    fs.writeFileSync(path.join(project.root, "main.py"), proved["main.py"]);
    expect(ladder(["status", project.root]).level).toBe(2);
  });

  test("says under which conditions it was made, and what it still rests on", { timeout }, () => {
    using project = projectWith(proved);
    const result = ladder(["prove", "2", project.root, "-n", "3"]);
    const evidence = rungAt(result, 0)
      .evidence.map(({ summary }) => summary)
      .join("\n");
    expect(evidence).toContain("n = 3");
    expect(evidence).toMatch(/environment: .* 3\.\d+/u);
    expect(rungAt(result, 2).evidence.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["isolation", "archive"]),
    );
    expect(result.dependsOn.join(" ")).toContain("package index");
    expect(result.committed.verdict).toBe("nothing to compare");
  });

  test("compares what was committed beside the level", { timeout }, () => {
    using project = projectWith({
      ...proved,
      "main.py": 'open("answer.txt", "w").write("42\\n")\n',
      "answer.txt": "41\n",
    });
    commitAll(project.root);
    const result = ladder(["prove", "0", project.root]);
    expect(result.level).toBe(0);
    expect(result.committed).toMatchObject({ verdict: "not", compared: 1, different: 1 });
    expect(rung(["check", project.root, "--min", "0", "--reproduced"]).code).toBe(1);
    expect(read(project.root, "answer.txt")).toBe("41\n");
  });

  test(
    "speaks of one state of the tree: a change while it runs leaves the level unknown",
    { timeout },
    async () => {
      using project = projectWith({ ...proved, "main.py": "import time\ntime.sleep(1)\nprint(42)\n" });
      const [program = "", ...words] = launch;
      const child = spawn(program, [...words, "prove", "0", project.root, "--json"], {
        env: environmentWith(),
      });
      let printed = "";
      child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
      child.stderr.on("data", (text: Buffer) => {
        if (text.includes("main: running"))
          fs.writeFileSync(path.join(project.root, "main.py"), "print(43)\n");
      });
      expect(await new Promise((resolve) => child.once("close", resolve))).toBe(4);
      expect((JSON.parse(printed) as { level: number | null }).level).toBeNull();
      fs.writeFileSync(path.join(project.root, "main.py"), "import time\ntime.sleep(1)\nprint(42)\n");
      const restored = ladder(["status", project.root]);
      expect(restored.level).toBeNull();
      expect(rulesAt(restored, 0)).toContain("changed-while-proved");
    },
  );
});
