import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { commitAll, projectWith, rung } from "../support/cli.ts";
import { soundProject } from "../support/sound-project.ts";
import { canRun, examine, finding, listing } from "../support/untouched.ts";

const timeout = 60_000;
const formats = ["zip", "tar.gz", "tar.zst"] as const;
const files = {
  ...soundProject,
  "run it.sh": "#!/bin/sh\nexec python main.py\n",
  "data/Größe ⚡.csv": "a,b\n1,2\n",
  "empty.txt": "",
};

interface Written {
  readonly path: string;
  readonly sha256: string;
  readonly files: number;
}

function archive(root: string, output: string, through: readonly string[] = []): Written {
  const said = rung(["archive", root, "-o", output, "--json"], { through });
  expect(said.code).toBe(0);
  return JSON.parse(said.stdout) as Written;
}

/** The tree with every time, and the permissions that a umask takes away, changed. */
function elsewhere(root: string): string {
  const copy = path.join(path.dirname(root), "other/project");
  fs.cpSync(root, copy, { recursive: true });
  for (const name of fs.readdirSync(copy, { recursive: true, encoding: "utf8" })) {
    const file = path.join(copy, name);
    if (name.startsWith(".git")) continue;
    fs.chmodSync(file, fs.statSync(file).mode & 0o700);
    fs.utimesSync(file, 1_000_000_000, 1_000_000_000);
  }
  return copy;
}

describe.each(formats)("an archive as %s", { timeout }, (format) => {
  test("is the same byte for byte, whatever the time zone, the umask, the time and the place", () => {
    using project = projectWith(files);
    fs.chmodSync(path.join(project.root, "run it.sh"), 0o755);
    commitAll(project.root);
    const before = listing(project.root);
    const outputs = path.dirname(project.root);
    const first = archive(project.root, `${outputs}/a.${format}`, [
      "env",
      "TZ=Pacific/Kiritimati",
      "/bin/sh",
      "-c",
      'umask 022; exec "$@"',
      "sh",
    ]);
    const second = archive(elsewhere(project.root), `${outputs}/b.${format}`, [
      "env",
      "TZ=America/Adak",
      "LC_ALL=C",
      "/bin/sh",
      "-c",
      'umask 077; exec "$@"',
      "sh",
    ]);
    expect(first.files).toBe(Object.keys(files).length);
    expect(second.sha256).toBe(first.sha256);
    expect(fs.readFileSync(second.path).equals(fs.readFileSync(first.path))).toBe(true);
    expect(listing(project.root)).toEqual(before);
  });

  const unpackers: Readonly<Record<(typeof formats)[number], readonly (readonly string[])[]>> = {
    zip: [
      ["unzip", "-q"],
      ["python3", "-m", "zipfile", "-e"],
    ],
    "tar.gz": [
      ["tar", "-xzf"],
      ["python3", "-m", "tarfile", "-e"],
    ],
    "tar.zst": [["tar", "--zstd", "-xf"]],
  };
  test.each(unpackers[format].map((words) => [words.join(" "), words] as const))(
    "is unpacked by %s",
    (_, words) => {
      if (!canRun("which", words[0] ?? "")) return;
      using project = projectWith(files);
      fs.chmodSync(path.join(project.root, "run it.sh"), 0o755);
      commitAll(project.root);
      const folder = path.join(path.dirname(project.root), "unpacked");
      fs.mkdirSync(folder);
      const { path: file } = archive(project.root, `${path.dirname(project.root)}/a.${format}`);
      const [program = "", ...rest] = words;
      execFileSync(program, [...rest, file, ...(words.includes("-e") ? [folder] : [])], {
        cwd: folder,
        stdio: "pipe",
      });
      const [top = "", ...others] = fs.readdirSync(folder);
      expect([top, others]).toEqual(["project", []]);
      for (const [name, content] of Object.entries(files)) {
        expect(fs.readFileSync(path.join(folder, top, name), "utf8")).toBe(content);
      }
      // Python's zipfile sets no permissions.
      if (!words.includes("zipfile"))
        expect(fs.statSync(path.join(folder, top, "run it.sh")).mode & 0o777).toBe(0o755);
    },
  );
});

describe("what goes into an archive", { timeout }, () => {
  test("is what Git tracks, without secrets, and the finding says so", () => {
    using project = projectWith({ ...files, ".env": "API_KEY=1\n" });
    commitAll(project.root);
    fs.writeFileSync(path.join(project.root, "untracked.csv"), "1\n");
    const output = path.join(path.dirname(project.root), "a.zip");
    const said = examine(project.root, ["archive", "-o", output]);
    expect(finding(said, "secret-left-out")).toMatchObject({ file: ".env" });
    const names = execFileSync(
      "python3",
      ["-c", "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))", output],
      { encoding: "utf8" },
    );
    expect(names).toContain("project/main.py");
    expect(names).not.toMatch(/\.env|untracked/u);
  });

  test("nothing at all is an error, and no file is written", () => {
    using project = projectWith(files);
    execFileSync("git", ["init", "-q", project.root]);
    const output = path.join(path.dirname(project.root), "a.zip");
    const said = examine(project.root, ["archive", "-o", output]);
    expect(said.code).toBe(5);
    expect(said.stderr).toContain("git add");
    expect(fs.existsSync(output)).toBe(false);
  });

  test("an output without a known ending is a mistake in the call", () => {
    using project = projectWith(files);
    const said = examine(project.root, ["archive", "-o", path.join(path.dirname(project.root), "a.rar")]);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain("--format");
  });
});
