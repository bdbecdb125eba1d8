import type { TextRule } from "./text-rule.ts";

// Where CPython's default repr writes it: "<Axes at 0x7f…>", "<code object f at 0x7f…, file …>", escaped too in HTML.
const afterAt = /\bat 0x[\dA-Fa-f]{6,16}(?=>|&gt;|, file "|, line \d)/gu;

// In other reprs in angle brackets only what is as long as an address on Linux and macOS, or padded as on Windows: a
// shorter or fuller number may be a colour, a checksum or a hash. Quotes are left out since HTML's tags hold them.
const inBrackets =
  /(<[^<>"\n]{1,200}?)0x(?:[\dA-Fa-f]{9,12}|0000[\dA-Fa-f]{12})(?![\dA-Za-z_])(?=[^<>"\n]{0,200}>)/gu;

export const memoryAddress: TextRule = {
  id: "memory-address",
  apply: (text) =>
    text.includes("0x") ? text.replace(afterAt, "at 0x(address)").replace(inBrackets, "$10x(address)") : text,
};
