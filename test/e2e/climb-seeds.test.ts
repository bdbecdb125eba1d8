import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { commitAll, ladder, projectWith, rung, rungAt, rulesAt } from "../support/cli.ts";

const timeout = 120_000;

const drawn = {
  "draw.py": "import random\n\nprint(random.random())\n",
  "README.md": "# Draw\n",
  "rung.toml": '[commands.draw]\nrun = "python draw.py"\n',
};

const read = (root: string): string => fs.readFileSync(path.join(root, "draw.py"), "utf8");

test("a climb offers seeds where two runs differ, and proves level 0 with them", { timeout }, () => {
  using project = projectWith(drawn);
  commitAll(project.root);
  const shown = rung(["climb", "0", project.root, "--dry-run"]);
  expect(shown.stdout).toContain("To stand at level 0");
  expect(shown.stdout).toContain("+random.seed(0)");
  expect(read(project.root)).toBe(drawn["draw.py"]);
  const climbed = ladder(["climb", "0", project.root, "--yes"]);
  expect(climbed).toMatchObject({ level: 0, changed: ["draw.py"] });
  expect(read(project.root)).toBe("import random\n\nrandom.seed(0)\n\nprint(random.random())\n");
  const staged = execFileSync("git", ["-C", project.root, "diff", "--cached", "--name-only"], {
    encoding: "utf8",
  });
  expect(staged).toBe("draw.py\n");
});

test("seeds that do not make the runs equal are taken out again, and that is said", { timeout }, () => {
  const source = "import random\nimport time\n\nprint(random.random(), time.time_ns())\n";
  using project = projectWith({ ...drawn, "draw.py": source });
  const climbed = ladder(["climb", "0", project.root, "--yes"]);
  expect(climbed).toMatchObject({ changed: [], left: [expect.stringContaining("taken out again")] });
  expect(rungAt(climbed, 0).verdict).toBe("unmet");
  expect(rulesAt(climbed, 0)).toContain("output-differs");
  expect(read(project.root)).toBe(source);
});

test("draws that reach no output are left as they are, and so is code that seeds itself", { timeout }, () => {
  for (const source of [
    "import random\n\nrandom.random()\nprint(4)\n",
    "import random, time\n\nrandom.seed(3)\nprint(random.random(), time.time_ns())\n",
  ]) {
    using project = projectWith({ ...drawn, "draw.py": source });
    expect(ladder(["climb", "0", project.root, "--yes"])).toMatchObject({ changed: [] });
    expect(read(project.root)).toBe(source);
  }
});
