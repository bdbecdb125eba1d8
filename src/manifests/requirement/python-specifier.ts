import { cleanSpecifier } from "./specifier.ts";

/**
 * The PEP 440 specifier set meant by a Python version as people write it: "3.13" is "==3.13.*", "3.11.7" is
 * "==3.11.7", and a specifier set is itself. Prefixes such as "python-" or "cpython@" are left out; null where the text
 * names no CPython version.
 */
export function pythonSpecifier(text: string): string | null {
  const trimmed = text.trim().replace(/^(?:c?python|cp)[-@ ]?(?=[\d<>=~!])/iu, "");
  const version = /^v?(\d+)(?:\.(\d+|\*))?(?:\.(\d+|\*))?((?:a|b|rc)\d+)?$/u.exec(trimmed);
  if (version === null) return /^[<>=~!]/u.test(trimmed) ? cleanSpecifier(trimmed) : null;
  const [, major = "", minor, micro, pre = ""] = version;
  if (minor === undefined || minor === "*") return `==${major}.*`;
  if (micro === undefined || micro === "*") return `==${major}.${minor}.*`;
  return `==${major}.${minor}.${micro}${pre}`;
}
