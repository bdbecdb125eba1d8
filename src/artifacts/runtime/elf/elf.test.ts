import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { findProgram, temporaryDirectory } from "../../../system/index.ts";
import { elfOfBytes } from "./elf.ts";
import { elfOfFile } from "./elf-file.ts";
import { neutralElf, neutralPrefix } from "./neutral-elf.ts";

const room = temporaryDirectory("elf");
afterAll(() => room[Symbol.dispose]());
const file = (name: string): string => path.join(room.path, name);

const compiler = process.platform === "linux" ? findProgram("gcc") : null;

/** A library and a program that needs it, built with a run path that names this machine's folder. */
function build(options: readonly string[]): { readonly library: string; readonly program: string } {
  fs.writeFileSync(file("dice.c"), "int roll(void) { return 4; }\n");
  fs.writeFileSync(
    file("main.c"),
    `#include <stdio.h>\nint roll(void);\nint main(void) { printf("%s %d", "${room.path}/3.11.7", roll()); puts("/3.11.7"); return 0; }\n`,
  );
  const run = (...words: readonly string[]): unknown =>
    execFileSync("gcc", ["-g", ...words], { cwd: room.path });
  run("-shared", "-fPIC", "-Wl,-soname,libdice.so.1", "-o", "libdice.so.1", "dice.c");
  run("-o", "main", "main.c", "./libdice.so.1", ...options);
  return { library: file("libdice.so.1"), program: file("main") };
}

describe.skipIf(compiler === null)("with a compiler", () => {
  test("reads what a program needs, and where it looks for it", () => {
    const { library, program } = build([`-Wl,-rpath,${room.path}:$ORIGIN/lib`, "-Wl,--enable-new-dtags"]);
    const elf = elfOfFile(program);
    expect(elf).toMatchObject({
      interpreter: expect.stringMatching(/^\/lib.*\/ld-linux/u),
      needed: ["libdice.so.1", "libc.so.6"],
      runpath: [room.path, "$ORIGIN/lib"],
      rpath: [],
      hasDebugSections: true,
    });
    expect(elfOfFile(library)).toMatchObject({ soname: "libdice.so.1", interpreter: null, isDynamic: true });
    const older = build([`-Wl,-rpath,${room.path}`, "-Wl,--disable-new-dtags"]);
    expect(elfOfFile(older.program)).toMatchObject({ runpath: [], rpath: [room.path] });
    execFileSync("gcc", ["-static", "-o", "static", "main.c", "dice.c"], { cwd: room.path });
    expect(elfOfFile(file("static"))).toMatchObject({ interpreter: null, needed: [] });
  });

  test("takes the machine out of a program, which runs as before", () => {
    const { program } = build([`-Wl,-rpath,${room.path}`]);
    const before = fs.readFileSync(program);
    const after = neutralElf(before, [`${room.path}/3.11.7`, room.path]);
    expect(after.includes(room.path)).toBe(false);
    expect(after.length).toBeLessThan(before.length);
    expect(elfOfBytes(after)).toMatchObject({ needed: ["libdice.so.1", "libc.so.6"], runpath: [] });
    fs.writeFileSync(file("neutral"), after, { mode: 0o755 });
    const output = execFileSync(file("neutral"), { env: { LD_LIBRARY_PATH: room.path }, encoding: "utf8" });
    expect(output).toBe(`${neutralPrefix(`${room.path}/3.11.7`)} 4/3.11.7\n`);
    expect(neutralElf(after, [room.path])).toBe(after);
  });

  test("leaves run paths beside the file alone", () => {
    const { program } = build(["-Wl,-rpath,$ORIGIN/../lib:${ORIGIN}", "-s"]);
    const bytes = fs.readFileSync(program);
    expect(neutralElf(bytes, [])).toBe(bytes);
  });
});

test("never fails on a broken file", () => {
  const whole = fs.readFileSync("/bin/sh");
  const places = fc.array(fc.tuple(fc.nat({ max: 1023 }), fc.nat({ max: 255 })), { maxLength: 6 });
  fc.assert(
    fc.property(places, fc.nat({ max: whole.length }), (changes, length) => {
      const bytes = Buffer.from(whole.subarray(0, length));
      for (const [at, value] of changes) if (at < length) bytes[at] = value;
      const elf = elfOfBytes(bytes);
      expect(elf === null || elf.needed.length >= 0).toBe(true);
      expect(neutralElf(bytes, ["/usr/share"]).length).toBeLessThanOrEqual(length);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      const head = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
      expect(() => elfOfBytes(Buffer.concat([head, noise]))).not.toThrow();
    }),
  );
  for (const text of ["", "#!/bin/sh\n", "\x7fELF"]) expect(elfOfBytes(Buffer.from(text))).toBeNull();
});
