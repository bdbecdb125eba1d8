import * as fc from "fast-check";

import { combined, seed } from "./combine.ts";

const names = ["a", "Flask_Cors", "zope.interface", "A1", "0x", " x", "-a", "a-", "_a", "ä", ""];
const extras = ["", "[x]", "[ x , Y_z ]", " []", "[x,]", "[x y]", "[,]", "[x"];
const clauses = [
  "",
  "==1",
  ">= 1.0 , <2",
  "~=1.4.2",
  "!=1.*",
  "===weird+1",
  " (>=1)",
  "(>=1",
  "==1.*.2",
  "<1.*",
  "~=1",
  "=1",
  ">=1,",
  ",>=1",
  ">1 <2",
  "==1.0+local.1",
  ">=1+x",
  "== 1!2.0rc1",
  ">=v1.0",
  "> = 1",
  "==1.0.post1",
  "===",
  "~=1.0.*",
];
const markers = [
  "",
  ";python_version<'3'",
  " ; os_name == \"nt\" and (sys_platform != 'x' or extra == 'y')",
  "; ",
  "; foo == 'x'",
  "; python_version",
  "; 'a' in platform_machine",
  "; 'linux' not in sys_platform",
  '; python_version < "3" and',
  "; (python_version < '3'",
  "; python_version not '3'",
  "; python_version<'3' # x",
  "; os.name == 'nt'",
];
const urls = [
  " @ https://e.org/a.zip",
  "@https://e.org/a.zip",
  " @ git+https://e.org/a.git@v1#egg=a",
  " @ file:///x/a.whl",
  " @ ",
  " @ ./a",
  " @ https://e.org/a b.zip",
  " @ https://e.org/a;b.zip",
];

const pieces = [
  "a",
  "A.b",
  "[",
  "]",
  "x",
  ",",
  ";",
  " ",
  "\t",
  "==",
  ">=",
  "~=",
  "!=",
  "<",
  "===",
  "1",
  "1.0",
  ".*",
  "rc1",
  "+l",
  "(",
  ")",
  "@",
  "https://e.org/x",
  "python_version",
  "'3'",
  '"',
  "and",
  "or",
  "in",
  "not",
  "extra",
  "#",
  "-",
  "_",
];

/** Requirements: our own list combined from parts good and bad, and random ones of the same pieces. */
export function requirementTexts(): readonly string[] {
  const random = fc.sample(
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 9 }).map((parts) => parts.join("")),
    { seed, numRuns: 400 },
  );
  return [
    ...new Set([
      ...combined(1, names, extras.slice(0, 3)),
      ...combined(1, ["a"], extras, clauses),
      ...combined(7, ["a", "b.c"], extras, clauses, markers),
      ...combined(
        1,
        ["a", "a[x]"],
        urls,
        markers.map((marker) => marker.replace(/^;/u, " ;")),
      ),
      ...combined(1, ["a", "a>=1"], markers),
      ...random,
    ]),
  ];
}
