import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Project, ProjectFile } from "../../model/index.ts";
import { listTree, temporaryDirectory } from "../../system/index.ts";
import { ignoreRules } from "./ignore-rules.ts";
import { selectFiles } from "./select-files.ts";

const room = temporaryDirectory("select-test");
afterAll(() => room[Symbol.dispose]());
let count = 0;

/** A project with these files; a value of the form "-> TARGET" makes a link. */
function project(content: Record<string, string>, tracked: readonly string[] | null = null): Project {
  const root = path.join(room.path, String((count += 1)));
  for (const [name, text] of Object.entries(content)) {
    const at = path.join(root, name);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    if (text.startsWith("-> ")) fs.symlinkSync(text.slice(3), at);
    else fs.writeFileSync(at, text);
  }
  const files = listTree(root).entries.flatMap(({ path, size, mode, kind, mtimeMs }): ProjectFile[] =>
    kind === "file" || kind === "symlink" ? [{ path, size, mode, kind, mtimeMs }] : [],
  );
  return {
    root,
    name: "study",
    config: {
      project: {},
      engine: "uv",
      target: 3,
      repeats: 2,
      commands: {},
      variables: {},
      compare: [],
      data: {},
    },
    configFile: null,
    files,
    manifests: [],
    commands: [],
    python: null,
    compareRules: [],
    documents: [],
    data: [],
    git: tracked === null ? null : { head: null, branch: null, tracked, modified: [], untracked: [] },
    findings: [],
  };
}

const pathsOf = (given: Project): string[] => selectFiles(given).files.map((file) => file.path);

test("in a Git repository, only what is tracked or staged, less what .rungignore names", () => {
  const content = {
    "a.py": "",
    "new.py": "",
    "big/raw.bin": "",
    "big/keep.csv": "",
    ".rungignore": "big/*\n!big/keep.csv\n",
    ".gitignore": "a.py\n",
    ".rung/x": "",
  };
  const tracked = ["a.py", "big/raw.bin", "big/keep.csv", ".rungignore", ".rung/x"];
  expect(pathsOf(project(content, tracked))).toEqual([".rungignore", "a.py", "big/keep.csv"]);
});

test("without Git, all but what .gitignore names, environments and caches", () => {
  const content = {
    "a.py": "",
    ".gitignore": "*.log\n/results/\n",
    "run.log": "",
    "results/x.csv": "",
    "sub/results/y.csv": "",
    "sub/.gitignore": "!run.log\n",
    "sub/run.log": "",
    "env/pyvenv.cfg": "",
    "env/lib/x.py": "",
    "__pycache__/a.pyc": "",
    ".rungignore": "*.bak",
    "a.bak": "",
  };
  expect(pathsOf(project(content))).toEqual([
    ".gitignore",
    ".rungignore",
    "a.py",
    "sub/.gitignore",
    "sub/results/y.csv",
    "sub/run.log",
  ]);
});

const key = `-----BEGIN RSA PRIVATE KEY-----\n${"MIIEpAIBAAKCAQEA".repeat(4)}\n-----END RSA PRIVATE KEY-----\n`;
const token = `AKIA${"Q7".repeat(8)}`;

test("leaves secrets out and says where they are", () => {
  const content = {
    "a.py": "import os\n",
    ".env": "PASSWORD=x\n",
    ".env.example": "PASSWORD=\n",
    "deploy/id_rsa": "x",
    "deploy/id_rsa.pub": "ssh-rsa x",
    "certs/ca.pem": "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n",
    "certs/own.pem": `# ours\n${key}`,
    "config.ini": `[s3]\n\naccess = ${token}\n`,
    "docs.md": "Use AKIAIOSFODNN7EXAMPLE, and a line with -----BEGIN RSA PRIVATE KEY-----\n",
    "credentials-prod.json": "{}",
    "test.key": "only a word",
    ".rungignore": "!test.key\n",
  };
  const { files, findings } = selectFiles(project(content));
  expect(files.map((file) => file.path)).toEqual([
    ".env.example",
    ".rungignore",
    "a.py",
    "certs/ca.pem",
    "deploy/id_rsa.pub",
    "docs.md",
    "test.key",
  ]);
  expect(findings.map(({ file, line, message }) => [file, line, message.split(" holds ")[1]])).toEqual([
    [".env", null, "environment variables: left out of the archive"],
    ["certs/own.pem", 2, "a private key: left out of the archive"],
    ["config.ini", 3, "an AWS access key: left out of the archive"],
    ["credentials-prod.json", null, "credentials: left out of the archive"],
    ["deploy/id_rsa", null, "a private key: left out of the archive"],
  ]);
  expect(new Set(findings.map((finding) => finding.rule))).toEqual(new Set(["secret-left-out"]));
  expect(JSON.stringify(findings)).not.toContain(token);
});

test("leaves links out that others could not follow", () => {
  const { files, findings } = selectFiles(
    project({
      "a.txt": "",
      in: "-> a.txt",
      "d/in": "-> ../a.txt",
      out: "-> /data/shared",
      up: "-> ../x",
      loop: "-> loop",
    }),
  );
  expect(files.map((file) => file.path)).toEqual(["a.txt", "d/in", "in", "loop"]);
  expect(findings.map(({ rule, file, why }) => [rule, file, why])).toEqual([
    ["link-left-out", "out", "It points to /data/shared, which others do not have."],
    ["link-left-out", "up", "It points to ../x, which others do not have."],
  ]);
});

test("ignores what Git ignores", () => {
  const ignoreFiles = {
    "": "*.log\n!keep.log\nbuild/\n/top.txt\ndoc/**/x\na/*\n!a/b\n#no\n\\#yes\ntrail \nCase\nq?.c\n[ab].z\n**/deep/*.q\nu/v\n",
    sub: "!other.log\n*.tmp\n/only\n",
    "sub/in": "*\n!*.keep\n!d/\n",
    build: "!x\n",
  };
  const paths =
    `x.log keep.log sub/other.log sub/x.log build/x sub/build/x top.txt sub/top.txt doc/x doc/1/2/x doc/y a/b/c a/c #no #yes trail case Case q1.c q12.c a.z c.z deep/1.q n/deep/1.q n/deep/o/1.q u/v/w n/u/v sub/a.tmp a.tmp sub/only sub/n/only sub/in/x sub/in/x.keep sub/in/d/x sub/in/d/x.keep é.log`.split(
      " ",
    );
  const root = path.join(room.path, "git");
  for (const folder of ["", "sub/in", "build"]) fs.mkdirSync(path.join(root, folder), { recursive: true });
  execFileSync("git", ["init", "-q", root]);
  for (const [folder, text] of Object.entries(ignoreFiles))
    fs.writeFileSync(path.join(root, folder, ".gitignore"), text);
  let ignored: string;
  try {
    ignored = execFileSync(
      "git",
      ["-C", root, "-c", "core.quotePath=off", "check-ignore", "--no-index", "--stdin"],
      { input: paths.join("\n"), encoding: "utf8" },
    );
  } catch {
    ignored = "";
  }
  const verdict = ignoreRules(new Map(Object.entries(ignoreFiles)));
  expect(paths.filter((name) => verdict(name) === "ignored")).toEqual(ignored.trim().split("\n"));
});
