import { expect, test } from "vitest";
import type { Run } from "../model/index.ts";
import { sampleCommand, sampleRun } from "../sandbox/sample-request.ts";
import { explainFailure } from "./index.ts";

const command = sampleCommand({
  name: "train",
  run: "python src/train.py",
  timeoutSeconds: 60,
  location: { file: "rung.toml", line: 4 },
});

const ran = (more: Partial<Run>): Run => sampleRun({ exitCode: 1, ...more });

function traceback(last: string): string {
  return `Traceback (most recent call last):
  File "/home/me/paper/src/train.py", line 12, in <module>
    main()
  File "/home/me/.venv/lib/python3.11/site-packages/pandas/io.py", line 900, in read
${last}
`;
}

test.each([
  ["ModuleNotFoundError: No module named 'yaml'", "missing-module"],
  ["KeyError: 'DATA_DIR'", "missing-variable"],
  ["FileNotFoundError: [Errno 2] No such file or directory: '/data/x.csv'", "missing-file"],
  ["NameError: name 'df' is not defined", "undefined-name"],
  ["requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x')", "network-needed"],
  ["EOFError: EOF when reading a line", "reads-standard-input"],
  ["ValueError: shapes (3,) and (4,) not aligned", "command-fails"],
])("%s is %s, at the innermost line of the project", (last, rule) => {
  const finding = explainFailure(command, ran({ errorTail: traceback(last) }), "/home/me/paper");
  expect(finding).toMatchObject({ rule, severity: "error", file: "src/train.py", line: 12 });
  expect(finding?.message).toContain((last.split(":")[0] ?? "").split(".").at(-1));
});

test("a path inside the clean room is told as the project's own", () => {
  const text = 'File "/home/rung/paper/src/train.py", line 3, in <module>\nValueError: x\n';
  expect(explainFailure(command, ran({ errorTail: text }), "/srv/else/paper")).toMatchObject({
    file: "src/train.py",
    line: 3,
  });
});

test("exit code 0 is not success where a declared output is missing", () => {
  const finding = explainFailure(
    command,
    ran({ exitCode: 0, missingOutputs: ["model.pkl"] }),
    "/home/me/paper",
  );
  expect(finding).toMatchObject({ rule: "output-missing", file: "rung.toml", line: 4 });
});

test("a time limit is named as such", () => {
  expect(explainFailure(command, ran({ exitCode: null, timedOut: true }), "/p")?.rule).toBe(
    "command-times-out",
  );
});

test("a good run needs no explanation", () => {
  expect(explainFailure(command, ran({ exitCode: 0 }), "/p")).toBeNull();
});
