import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findProgram } from "../system/index.ts";
import { enterBareRoot } from "./bare-root.ts";
import { runHandedOver, type HandedOver } from "./handed-over.ts";
import { makeSample, type Sample } from "./sample-request.ts";

const staticShell = ["busybox", "bash-static", "mksh-static"]
  .map(findProgram)
  .find((found) => found !== null);
const isStatic = staticShell !== undefined && !fs.readFileSync(staticShell).includes("/ld-linux");

let sample: Sample;
beforeEach(() => {
  sample = makeSample({ "data.txt": "41\n", "same.txt": "kept\n", "notes/a.txt": "a" });
});
afterEach(() => sample.remove());

function handedOver(line: string, more: Partial<HandedOver> = {}): HandedOver {
  const { command, blobs, workDirectory } = sample.request({ run: line });
  return {
    command,
    project: sample.root,
    after: [],
    blobs,
    workDirectory,
    isolation: { kind: "none", scope: "room", network: false, description: "a test" },
    python: "3.11.7",
    start: async ({ tree }) => ({
      argv: ["/bin/sh", "-c", `cd '${tree}' && ${line}`],
      env: { PATH: process.env["PATH"] ?? "" },
    }),
    ...more,
  };
}

it("records what a command leaves in a fresh copy, and leaves the artifact's own alone", async () => {
  const line = "echo made > made.txt; echo kept > same.txt; rm notes/a.txt; echo said; exit 3";
  const run = await runHandedOver(handedOver(line));
  expect(run).toMatchObject({ exitCode: 3, timedOut: false, python: "3.11.7" });
  expect(run.outputs.map(({ kind, path: name, change }) => [kind, name, change])).toEqual([
    ["file", "made.txt", "created"],
    ["file", "notes/a.txt", "deleted"],
    ["file", "same.txt", "rewritten"],
    ["stdout", "", "created"],
    ["exit", "", "created"],
  ]);
  expect(fs.readdirSync(sample.root).sort()).toEqual(["data.txt", "notes", "same.txt"]);
});

it("lays what earlier commands left over the copy", async () => {
  const first = await runHandedOver(handedOver("echo 42 > made.txt"));
  const second = await runHandedOver(handedOver("cat made.txt", { after: [first] }));
  expect(second.errorTail).toBe("");
  expect(second.outputs.map(({ kind }) => kind)).toEqual(["stdout", "exit"]);
});

it("takes the executed notebook, and says when the time ran out", async () => {
  const notebook = handedOver("sleep 20");
  const request = {
    ...notebook,
    command: { ...notebook.command, kind: "notebook", run: "a.ipynb", timeoutSeconds: 1 } as const,
    start: async ({ shared, executedNotebook }: { shared: string; executedNotebook: string }) => ({
      argv: ["/bin/sh", "-c", `echo '{}' > '${shared}/${executedNotebook}'; exec sleep 20`],
      env: {},
    }),
  };
  const run = await runHandedOver(request);
  expect(run).toMatchObject({ timedOut: true });
  expect(run.errorTail).toContain("time limit of 1 s");
  expect(run.outputs[0]).toMatchObject({ kind: "notebook", path: "a.ipynb" });
});

it.skipIf(!isStatic)("runs in a root that holds nothing of the machine, as an ordinary user", async () => {
  const shell = staticShell ?? "";
  const scratch = path.join(sample.folder, "scratch");
  fs.mkdirSync(scratch);
  const say = `echo *; echo /*; echo /etc/*; while read -r a b; do case $a in Uid:|CapEff:) echo $a $b;; esac; done < /proc/self/status; echo x 2>/dev/null > /x || echo closed; echo y > /tmp/y && echo open`;
  const { argv } = await enterBareRoot(
    {
      binds: [
        { from: shell, to: "/bin/sh", writable: false },
        { from: sample.root, to: "/the project", writable: false },
      ],
      argv: ["/bin/sh", "-c", say],
      cwd: "/the project",
      user: 65534,
    },
    scratch,
  );
  const run = await runHandedOver(
    handedOver("", { start: async () => ({ argv, env: { PATH: process.env["PATH"] ?? "" } }) }),
  );
  expect(run.errorTail).toBe("");
  const stdout = run.outputs.find(({ kind }) => kind === "stdout")?.digest ?? "";
  const to = path.join(sample.folder, "stdout.txt");
  sample.request({}).blobs.copyTo(stdout, to);
  expect(fs.readFileSync(to, "utf8").split("\n")).toEqual([
    "data.txt notes same.txt",
    "/bin /dev /proc /the project /tmp",
    "/etc/*",
    expect.stringMatching(/^Uid: 65534/u),
    "CapEff: 0000000000000000",
    "closed",
    "open",
    "",
  ]);
});
