import type { TextRule } from "./text-rule.ts";

// Where CPython's default repr writes it: "<Axes at 0x7f…>", "<code object f at 0x7f…, file …>", escaped too in HTML.
const afterAt = /\bat 0x[\dA-Fa-f]{6,16}(?=>|&gt;|, file "|, line \d)/gu;

// Elsewhere in a repr in angle brackets only after "at" or "object", and only what is as long as an address on Linux and
// macOS, or padded as on Windows: after another name (checksum=0x…) a number may be a result, and so may a shorter or
// fuller one. Quotes are left out since HTML's tags hold them.
const inBrackets =
  /(<[^<>"\n]{1,200}?\b(?:at|object) )0x(?:[\dA-Fa-f]{9,12}|0000[\dA-Fa-f]{12})(?![\dA-Za-z_])(?=[^<>"\n]{0,200}>)/gu;

export const memoryAddress: TextRule = {
  id: "memory-address",
  apply: (text) =>
    text.includes("0x") ? text.replace(afterAt, "at 0x(address)").replace(inBrackets, "$10x(address)") : text,
};
