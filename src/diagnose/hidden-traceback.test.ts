import { expect, test } from "vitest";
import type { Command } from "../model/index.ts";
import { explainTraceback } from "./index.ts";

const command: Command = {
  name: "train",
  kind: "run",
  run: "python src/train.py",
  cwd: ".",
  env: {},
  timeoutSeconds: 60,
  needs: [],
  outputs: [],
  network: false,
  fallback: null,
  origin: "declared",
  location: { file: "rung.toml", line: 4 },
};

test("a traceback is told with its error, at the innermost line of the project", () => {
  const stderr = `warming up
Traceback (most recent call last):
  File "/home/me/paper/src/train.py", line 12, in <module>
    main()
    ~~~~^^
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
ZeroDivisionError: division by zero
going on
`;
  const finding = explainTraceback(command, stderr, "/home/me/paper");
  expect(finding).toMatchObject({
    rule: "traceback-but-exit-0",
    severity: "warning",
    file: "src/train.py",
    line: 12,
  });
  expect(finding?.message).toContain("ZeroDivisionError: division by zero");
});

test("a traceback that breaks off points at the command", () => {
  expect(explainTraceback(command, "Traceback (most recent call last):", "/p")).toMatchObject({
    file: "rung.toml",
    line: 4,
  });
});

test("other words on standard error are none", () => {
  expect(explainTraceback(command, "10%|███| 1/10\nUserWarning: traceback\n", "/p")).toBeNull();
});
