import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ladder, projectWith, rungAt } from "../support/cli.ts";

const hello = 'import yaml\n\nprint("hello", yaml.safe_load("[1, 2]"))\n';
const environmentOf = (proved: ReturnType<typeof ladder>, level: number): string =>
  rungAt(proved, level)
    .evidence.map(({ summary }) => summary)
    .join("\n");

test("a project that only environment.yml declares is proved at level 2, and its lock at level 3", () => {
  using project = projectWith({
    "hello.py": hello,
    "environment.yml":
      "channels:\n  - conda-forge\ndependencies:\n  # exact\n  - python=3.11\n  - pyyaml==6.0.2\n  - libgcc\n",
    "README.md":
      "# Hello\n\n```sh\nconda env create --name hello --file environment.yml\nconda activate hello\npython hello.py\n```\n",
    "rung.toml": '[commands.hello]\nrun = "python hello.py"\n',
  });
  const proved = ladder(["prove", "2", project.root]);
  expect(proved.level).toBe(2);
  expect(environmentOf(proved, 2)).toContain(
    "made from environment.yml (packages from the Python index), Python 3.11.",
  );
  expect(rungAt(proved, 1).findings.map(({ rule, file, line }) => [rule, file, line])).toEqual([
    ["conda-from-index", "environment.yml", 7],
  ]);
  const locked = ladder(["climb", "3", project.root, "--yes"]);
  expect(locked).toMatchObject({ level: 3, changed: ["pylock.toml"] });
}, 120_000);

test("a climb pins environment.yml in place, and writes the README for conda", () => {
  using project = projectWith({
    "hello.py": hello,
    "environment.yml": "dependencies:\n- python=3.11   # ours\n- pyyaml=6.0.2 # one = is a prefix\n",
    "rung.toml": '[commands.hello]\nrun = "python hello.py"\n',
  });
  const proved = ladder(["climb", "1", project.root, "--yes"]);
  expect(proved).toMatchObject({ level: 1, changed: ["environment.yml", "README.md"] });
  expect(fs.readFileSync(path.join(project.root, "environment.yml"), "utf8")).toBe(
    "dependencies:\n- python=3.11   # ours\n- pyyaml==6.0.2 # one = is a prefix\n",
  );
  expect(fs.readFileSync(path.join(project.root, "README.md"), "utf8")).toContain(
    " --file environment.yml\n",
  );
}, 120_000);

test("beside anaconda-project.yml, which has no writer, a climb writes requirements.txt and says so", () => {
  const declared = "name: hello\npackages:\n  - python=3.11\n  - pyyaml\n";
  const lock =
    "locking_enabled: true\nenv_specs:\n  default:\n    locked: true\n    platforms: [linux-64]\n    packages:\n      all:\n      - pyyaml=6.0.1=py311_0\n";
  const files = {
    "hello.py": hello,
    "anaconda-project.yml": declared,
    "rung.toml": '[commands.hello]\nrun = "python hello.py"\n',
  };
  using project = projectWith(files);
  expect(ladder(["climb", "1", project.root, "--yes"])).toMatchObject({ level: 1 });
  expect(fs.readFileSync(path.join(project.root, "requirements.txt"), "utf8")).toMatch(
    /^pyyaml==\d[\d.]+\n$/u,
  );
  expect(fs.readFileSync(path.join(project.root, "anaconda-project.yml"), "utf8")).toBe(declared);

  // What conda's lock says is what is installed, and then what is pinned.
  using locked = projectWith({ ...files, "anaconda-project-lock.yml": lock });
  expect(environmentOf(ladder(["prove", "0", locked.root]), 0)).toContain(
    "made from anaconda-project.yml (packages from the Python index, versions of anaconda-project-lock.yml)",
  );
  ladder(["climb", "1", locked.root, "--yes"]);
  expect(fs.readFileSync(path.join(locked.root, "requirements.txt"), "utf8")).toBe("pyyaml==6.0.1\n");
}, 120_000);

test("what conda alone has, and the code imports, is an error where it is declared", () => {
  using project = projectWith({
    "run.py": "import psi4\n",
    "binder/environment.yml": "dependencies:\n  - python=3.11\n  - psi4\n",
    ".binder/apt.txt": "gcc\n",
    "rung.toml": '[commands.run]\nrun = "python run.py"\n',
  });
  const { rungs, findings } = ladder(["check", project.root]);
  const all = [...rungs.flatMap((rung) => rung.findings), ...findings].map(
    ({ rule, file, line }) => `${rule} ${file ?? ""}:${String(line)}`,
  );
  expect(all).toContain("conda-only-import binder/environment.yml:3");
  expect(all).toContain("conda-from-index binder/environment.yml:3");
  expect(all.filter((said) => said.startsWith("binder-folders-contradict"))).toHaveLength(1);
  expect(all.filter((said) => /undeclared|python-not-stated/u.test(said))).toEqual([]);
});
