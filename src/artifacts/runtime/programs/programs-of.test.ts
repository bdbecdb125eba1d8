import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Trace, TracedProcess } from "../../../model/index.ts";
import { temporaryDirectory } from "../../../system/index.ts";
import { programsOf } from "./programs-of.ts";

const room = temporaryDirectory("programs");
afterAll(() => room[Symbol.dispose]());
fs.mkdirSync(path.join(room.path, "env", "bin"), { recursive: true });
fs.writeFileSync(path.join(room.path, "env", "bin", "tail"), "", { mode: 0o755 });
fs.writeFileSync(path.join(room.path, "run.sh"), "", { mode: 0o755 });
const prefix = path.join(room.path, "env");

const scripts: Readonly<Record<string, string>> = {
  "all.sh": "#!/bin/bash\nsource part.sh\n./all.sh\n",
  "part.sh": "sort x | uniq\n",
  "./plot.py": "#!/usr/bin/env python3\nimport os\n",
};

const process = (executable: string, python: string | null): TracedProcess => ({
  id: "1",
  parent: null,
  executable,
  argv: [],
  cwd: "/",
  python,
  startMs: 0,
  endMs: 1,
  exitCode: 0,
  seenBy: "both",
});

test("finds the programs that lines, scripts and recorded runs start", () => {
  const trace: Pick<Trace, "root" | "processes"> = {
    root: room.path,
    processes: [
      process("/usr/bin/env", null),
      process("/usr/bin/python3.11", "3.11.2"),
      process(path.join(room.path, "run.sh"), null),
      process("/gone/cc", null),
      process("", null),
    ],
  };
  expect(
    programsOf({
      lines: [
        "bash all.sh && python3 x.py | tail -1",
        './plot.py; head x; no-such-program; "my prog"',
        "/bin/ls",
      ],
      traces: [trace],
      prefix,
      readScript: (name) => scripts[name] ?? null,
    }),
  ).toEqual(["/bin/bash", "/bin/ls", "/usr/bin/env", "bash", "head", "sort", "uniq"]);
});
