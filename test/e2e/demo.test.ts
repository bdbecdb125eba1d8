import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { ladder, rung } from "../support/cli.ts";

test(
  "the demo climbs the worked example to level 3 and reproduces its results (needs a package index)",
  { timeout: 400_000 },
  () => {
    const parent = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "rung-demo-"));
    try {
      const root = path.join(parent, "demo");
      const said = rung(["demo", root]);
      expect(said.stdout).toContain("level 0  repeatable here, today, by its owner");
      expect(said.stdout).toContain("+scikit-learn==");
      expect(said.stdout).toContain("level 3  indefinitely, with internet");
      expect(said.code).toBe(0);
      const status = ladder(["status", root]);
      expect(status.level).toBe(3);
      // What the owner committed was made on Python 3.11; on another Python or another day's packages digits may move.
      expect(["reproduced", "partly"]).toContain(status.committed.verdict);
      expect(status.committed.compared).toBeGreaterThanOrEqual(10);
      const commands = execFileSync("git", ["-C", root, "status", "--porcelain"], { encoding: "utf8" });
      expect(commands.split("\n").filter(Boolean).sort()).toEqual([
        "A  pylock.toml",
        "A  rung.toml",
        "M  README.md",
        "M  requirements.txt",
      ]);
    } finally {
      fs.rmSync(parent, { recursive: true, force: true });
    }
  },
);
