import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { ladder, projectWith, pythonMinor, rung, rungAt, rulesAt } from "../support/cli.ts";

const timeout = 240_000;

/** An environment of the project's own with these packages (needs a package index). */
function ownEnvironment(root: string, packages: readonly string[]): void {
  execFileSync("python3", ["-m", "venv", path.join(root, ".venv")]);
  const pip = path.join(root, ".venv", "bin", "pip");
  execFileSync(pip, ["install", "-q", "--disable-pip-version-check", ...packages], { stdio: "pipe" });
}

test(
  "a package that is imported only since it is there is told at the levels that do without it",
  { timeout },
  () => {
    using project = projectWith({
      "main.py": "import requests\n\nprint(requests.compat.json.loads('[4]'))\n",
      "requirements.txt": "requests==2.32.3\n",
      "README.md": "# Numbers\n\n```sh\npip install -r requirements.txt\npython main.py\n```\n",
      "rung.toml": `python = "${pythonMinor}"\n\n[commands.main]\nrun = "python main.py"\n`,
    });
    // Where simplejson is installed requests imports it, in the place of json.
    ownEnvironment(project.root, ["requests==2.32.3", "simplejson"]);
    const unlocked = ladder(["prove", "0", project.root]);
    expect(rulesAt(unlocked, 0)).toEqual([]);
    expect(rulesAt(unlocked, 1)).toContain("imported-undeclared");
    expect(rulesAt(unlocked, 3)).not.toContain("imported-not-locked");
    expect(rung(["lock", project.root]).code).toBe(0);
    const locked = ladder(["prove", "3", project.root]);
    const said = (level: number): readonly string[] =>
      rungAt(locked, level).findings.flatMap(({ rule, message }) =>
        rule.startsWith("imported-") ? message : [],
      );
    expect(said(0)).toEqual([]);
    expect(said(1)).toEqual([
      expect.stringMatching(
        /^main imports simplejson \(simplejson \d[\d.]*\), which nothing declares or locks$/u,
      ),
    ]);
    expect(said(2)).toEqual([]);
    expect(said(3)).toEqual([
      expect.stringMatching(
        /^main imports simplejson \(simplejson \d[\d.]*\), which the lock does not name$/u,
      ),
    ]);
  },
);
