import path from "node:path";
import { expect, test } from "vitest";
import { exists, runProcess, temporaryDirectory, withExclusive, writeAtomic } from "./index.ts";

test("work under one lock never overlaps", async () => {
  const room = temporaryDirectory("exclusive");
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withExclusive(path.join(room.path, "a.lock"), work)));
  expect(most).toBe(1);
  room[Symbol.dispose]();
});

test("the lock of a killed process is free at once", async () => {
  const room = temporaryDirectory("exclusive");
  const lock = path.join(room.path, "a.lock");
  const holding = path.join(room.path, "holding");
  const door = path.join(import.meta.dirname, "index.ts");
  const program = `
    const { withExclusive, writeAtomic } = await import(${JSON.stringify(door)});
    await withExclusive(${JSON.stringify(lock)}, async () => {
      writeAtomic(${JSON.stringify(holding)}, "");
      process.kill(process.pid, "SIGKILL");
    });`;
  const script = path.join(room.path, "hold.mjs");
  writeAtomic(script, program);
  const { signal } = await runProcess([process.execPath, script]);
  expect([signal, exists(holding)]).toEqual(["SIGKILL", true]);
  expect(await withExclusive(lock, async () => "mine")).toBe("mine");
  room[Symbol.dispose]();
});
