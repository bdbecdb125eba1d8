/** Parts for tests: a bundle of this machine's dash and Python, laid out as real ones are, with a program of one line. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { listTree } from "../../system/index.ts";
import type { Member, Part } from "../tree/member.ts";

const python = "/usr/bin/python3";

export const hasSample = process.platform === "linux" && fs.existsSync("/bin/dash") && fs.existsSync(python);

const launcher = `#!/bin/sh
top=\${0%/*}
case $1 in --out) out=$2; shift 2;; *) out=.;; esac
case $1 in --list) echo main; exit 0;; esac
for loader in "$top"/runtime/lib/ld-linux-*; do :; done
cd "$out" && exec "$loader" --inhibit-cache --library-path "$top/runtime/lib" "$top/runtime/libexec/python3" -I "$top/project/main.py"
`;

const program = `import json, os, sys
open("result.json", "w").write(json.dumps({"answer": 6 * 7}))
print("hello from", sys.version.split()[0], "as", os.getuid())
`;

export const text = (at: string, content: string, mode = 0o644): Member => ({
  path: at,
  kind: "file",
  mode,
  content: { bytes: Buffer.from(content) },
});

/** What a program needs, by ldd: only for programs of this machine's own system. */
function libraries(program: string): readonly string[] {
  const said = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...said.matchAll(/(?:=> )?(\/\S+) \(0x/gu)].map(([, file]) => file ?? "");
}

/** `withPython` brings the interpreter and the standard library's plain modules (a few MB). */
export function sampleParts(withPython: boolean, code = program): readonly Part[] {
  const programs = withPython ? ["/bin/dash", python] : ["/bin/dash"];
  const files = new Map<string, string>();
  for (const file of programs) {
    files.set(`runtime/libexec/${path.basename(file)}`, fs.realpathSync(file));
    for (const library of libraries(file))
      files.set(`runtime/lib/${path.basename(library)}`, fs.realpathSync(library));
  }
  const members = [...files].map(([at, source]): Member => ({
    path: at,
    kind: "file",
    mode: 0o755,
    content: { path: source },
  }));
  return [
    {
      id: "launcher",
      what: "the launcher",
      members: [text("run", launcher, 0o755), text("bundle.json", "{}")],
    },
    {
      id: "runtime",
      what: "the shell and Python",
      members: [...members, ...(withPython ? standardLibrary() : [])],
    },
    { id: "project", what: "the project", members: [text("project/main.py", code)] },
  ];
}

function standardLibrary(): readonly Member[] {
  const root = execFileSync(python, ["-c", "import os; print(os.path.dirname(os.__file__))"], {
    encoding: "utf8",
  }).trim();
  const skipped =
    /^(?:test|idlelib|lib2to3|ensurepip|distutils|dist-packages|site-packages|__pycache__|config-.*|tkinter|pydoc_data)$/u;
  const skip = (folder: string): boolean => skipped.test(path.basename(folder));
  return listTree(root, skip).entries.flatMap(({ path: at, kind }): Member[] =>
    kind === "file"
      ? [
          {
            path: `runtime/lib/${path.basename(root)}/${at}`,
            kind,
            mode: 0o644,
            content: { path: `${root}/${at}` },
          },
        ]
      : [],
  );
}
