import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { acceptsRequirements, addRequirements, manifestFormats, pinRequirements } from "./index.ts";

const root = path.resolve(import.meta.dirname, "../../test/fixtures");
const files = fs
  .readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => fs.statSync(path.join(root, file)).isFile())
  .map((file) => [file, file.replace(/^[^/\\]+[/\\](?:[^/\\]+[/\\](?=[^/\\]+$))?/u, "")] as const)
  .flatMap(([file, name]) => {
    const format = manifestFormats.find((one) => one.matches(name));
    return format === undefined ? [] : [{ file, name, format }];
  });

const cut = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 60 }) });
const inserted = fc.constantFrom(
  "",
  "\n",
  "\0",
  '"',
  "'",
  "[",
  "}",
  "\\\n",
  ",",
  "#",
  "=",
  "  ",
  "\ufffd",
  "- ",
  ": ",
);

test.each(files)(
  "$file, damaged, is read without throwing and edited by nothing into nothing",
  ({ file, name, format }) => {
    const whole = fs.readFileSync(path.join(root, file), "utf8");
    const pins = new Map([["numpy", "9.9"]]);
    fc.assert(
      fc.property(fc.array(fc.tuple(cut, inserted, fc.boolean()), { maxLength: 4 }), (damages) => {
        let text = whole;
        for (const [{ at, length }, piece, isRepeated] of damages) {
          const start = Math.floor(at * text.length);
          const taken = text.slice(start, start + length);
          text =
            text.slice(0, start) + piece + (isRepeated ? taken + taken : "") + text.slice(start + length);
        }
        const manifest = format.read(name, text, {
          readFile: (asked) => (asked.length < 50 ? text.slice(0, 500) : null),
          exists: () => false,
        });
        const lines = text.split(/\r\n|\r|\n/u).length;
        for (const { location } of manifest.requirements) {
          if (location.file === name && location.line !== null)
            expect(location.line).toBeLessThanOrEqual(lines);
        }
        if (format.edits === undefined) return;
        expect(pinRequirements(name, text, new Map())).toBe(text);
        const pinned = pinRequirements(name, text, pins);
        expect(pinRequirements(name, pinned, pins)).toBe(pinned);
        if (acceptsRequirements(name, text)) expect(addRequirements(name, text, [])).toBe(text);
      }),
      { numRuns: whole.length > 20_000 ? 15 : 120, seed: 7 },
    );
  },
);
