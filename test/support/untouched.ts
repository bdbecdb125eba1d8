/** Whether a tree is as it was: every name, mode and content, Rung's own folder apart. */
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import { expect } from "vitest";
import type { Ladder, ToolError } from "../../src/model/index.ts";
import { rung, type Circumstances, type Said } from "./cli.ts";

/** A line for each entry below a folder: its path as bytes, kind, mode, time of change and digest. */
export function listing(root: string): readonly string[] {
  const lines: string[] = [];
  const visit = (folder: Buffer): void => {
    for (const name of namesIn(folder)) {
      if (name.toString() === ".rung" && folder.toString() === root) continue;
      const entry = Buffer.concat([folder, Buffer.from("/"), name]);
      const stat = statOf(entry);
      if (stat === null) continue;
      const content = stat.isSymbolicLink()
        ? fs.readlinkSync(entry, { encoding: "buffer" })
        : stat.isFile()
          ? digestOf(entry)
          : "";
      lines.push(
        [
          entry.toString("latin1"),
          stat.mode,
          stat.isDirectory() ? "" : stat.mtimeMs,
          content.toString("latin1"),
        ].join("\t"),
      );
      if (stat.isDirectory()) visit(entry);
    }
  };
  visit(Buffer.from(root));
  return lines.sort();
}

function namesIn(folder: Buffer): Buffer[] {
  try {
    return fs.readdirSync(folder, { encoding: "buffer" });
  } catch {
    // One that a test made unreadable: it is no one's to change.
    return [];
  }
}

function statOf(entry: Buffer): fs.Stats | null {
  try {
    return fs.lstatSync(entry);
  } catch {
    return null;
  }
}

function digestOf(file: Buffer): string {
  return crypto.createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}

export interface Examined extends Said {
  readonly json: Partial<Ladder> & {
    readonly error?: Pick<ToolError, "code" | "message" | "hint" | "location">;
  };
}

/** Runs a command with --json on a project; fails where the tree was touched, JSON was not printed, or Rung had a bug. */
export function examine(root: string, args: readonly string[], options: Circumstances = {}): Examined {
  const before = listing(root);
  const said = rung([...args, root, "--json", "--quiet"], options);
  const after = listing(root);
  if (before.join("\n") !== after.join("\n")) {
    const changed = [
      ...after.filter((line) => !before.includes(line)),
      ...before.filter((line) => !after.includes(line)),
    ];
    throw new Error(`rung ${args.join(" ")} touched the tree:\n${changed.join("\n")}`);
  }
  if (said.code === 70) throw new Error(`rung ${args.join(" ")} has a bug:\n${said.stderr}`);
  try {
    return { ...said, json: JSON.parse(said.stdout) as Examined["json"] };
  } catch {
    throw new Error(
      `no JSON from rung ${args.join(" ")} (exit ${said.code}):\n${said.stdout}\n${said.stderr}`,
    );
  }
}

/** Whether a program runs here with this outcome: for tests that need root's powers or a tool that may be missing. */
export function canRun(...words: readonly string[]): boolean {
  const [program = "", ...rest] = words;
  return spawnSync(program, rest, { stdio: "ignore" }).status === 0;
}

/** Every finding of a ladder, whichever level it stands at. */
function findingsOf({ json }: Examined): NonNullable<Examined["json"]["findings"]> {
  return [...(json.findings ?? []), ...(json.rungs ?? []).flatMap((rung) => rung.findings)];
}

/** The finding of a rule. */
export function finding(said: Examined, rule: string): ReturnType<typeof findingsOf>[number] | undefined {
  return findingsOf(said).find((candidate) => candidate.rule === rule);
}

/** The error of a command that stopped: its code on standard output as JSON, and for people, with a hint, on the other. */
export function expectError(said: Examined, code: string, words: RegExp): void {
  expect(said.code).toBe(5);
  expect(said.json.error).toMatchObject({
    code,
    message: expect.stringMatching(words) as string,
    hint: expect.any(String) as string,
  });
  expect(said.stderr).toMatch(words);
  expect(said.stderr).toContain(`[${code}]`);
  expect(said.stderr).toContain("hint: ");
}
