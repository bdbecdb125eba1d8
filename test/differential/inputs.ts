import * as fc from "fast-check";

const seed = 20_240_607;

/** Each combination of one of each; `step` leaves out all but every so many. */
function combined(step: number, ...lists: readonly (readonly string[])[]): readonly string[] {
  const all = lists.reduce<readonly string[]>(
    (texts, list) => texts.flatMap((text) => list.map((more) => text + more)),
    [""],
  );
  return all.filter((_, index) => index % step === 0);
}

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

const releases = ["0", "1", "1.0", "1.0.0", "1.1", "1.10", "1.2.3", "2!0.1", "v1.5", "2023.4.1"];
const suffixes = [
  "",
  "a1",
  ".beta-2",
  "rc",
  "c3",
  "-preview4",
  ".post1",
  "-1",
  ".rev5",
  ".dev0",
  "a1.dev3",
  "rc1.post2.dev1",
  "+abc",
  "+Ubuntu-1",
  "+1.2",
  ".post1+x_2",
  " ",
  "x",
  ".1.",
  "-",
];

/** Versions in all of PEP 440's spellings, and texts that are none. */
export const versionTexts = (): readonly string[] => combined(1, releases, suffixes);

/** Pairs of versions: neighbours in a shuffled list. */
export function versionPairs(): readonly (readonly [string, string])[] {
  const versions = versionTexts().filter((text) => !/^.*(?: |x|\.1\.|-)$/u.test(text));
  return fc.sample(fc.tuple(fc.constantFrom(...versions), fc.constantFrom(...versions)), {
    seed,
    numRuns: 900,
  });
}

const bounds = [
  "1",
  "1.0",
  "1.1",
  "1.0.0",
  "1.2.3",
  "1.0a1",
  "1.1rc3",
  "1.0.post1",
  "1.0.dev0",
  "1!1.0",
  "2!0.1",
  "1.10",
  "1.5",
];
const operators = ["==", "!=", ">=", "<=", ">", "<", "~=", "==*", "!=*", "===", "==+abc", "==+1.2"];

function oneClause(operator: string, bound: string): string {
  if (operator.endsWith("*"))
    return `${operator.slice(0, -1)}${bound.replace(/(?<=\d)(?:\.post|\.dev|a|rc).*$/u, "")}.*`;
  if (operator.includes("+")) return `==${bound}${operator.slice(2)}`;
  return `${operator}${operator === "~=" && !/\d\.\d/u.test(bound) ? `${bound}.0` : bound}`;
}

/** Versions with sets of one or two clauses that may hold for them. */
export function versionsAndSpecifiers(): readonly (readonly [string, string])[] {
  const versions = versionTexts().filter((text) => !/(?: |x|\.1\.|-)$/u.test(text));
  const one = fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom(...bounds))
    .map(([operator, bound]) => oneClause(operator, bound));
  const sets = fc.oneof(
    one,
    fc.tuple(one, one).map((parts) => parts.join(",")),
  );
  const near = fc.constantFrom(...versions, ...bounds);
  return fc.sample(fc.tuple(near, sets), { seed, numRuns: 3000 });
}

const lines = [
  "numpy",
  "numpy==1.20",
  "Flask_Cors >= 3,<4 # why",
  "numpy#no",
  "requests[socks, security]==2.0 ; python_version < '4'",
  "a (>=1)",
  "a==1;os_name=='nt'",
  "a @ https://e.org/a.zip",
  "a[x] @ git+https://e.org/a.git@v1 ; os_name == 'nt'",
  "https://e.org/a-1.0.tar.gz",
  "https://e.org/a-1.0-py3-none-any.whl",
  "https://e.org/a.zip#egg=A_b",
  "https://e.org/a.zip#sha256=00&egg=a",
  "git+https://e.org/a.git@v1#egg=a&subdirectory=s",
  "git+ssh://git@e.org/a.git#egg=a[x]",
  "hg+https://e.org/a#egg=a",
  "https://e.org/a.zip#egg=a ; os_name == 'nt'",
  "./pkg",
  ".",
  "./pkg[x]",
  "pkg/",
  "./a-1.0-py3-none-any.whl",
  "a-1.0.zip",
  "sub/a.tar.gz",
  "file:///tmp/a.zip",
  "file:./a.zip",
  "-e .",
  "-e ./pkg",
  "-e pkg",
  "-e .[x,y]",
  "-e git+https://e.org/a.git#egg=a",
  "-e git+https://e.org/a.git",
  "--editable=./pkg",
  "-e./pkg",
  "-e 'pkg'",
  "-e a @ git+https://e.org/a.git",
  "-e \"a @ git+https://e.org/a.git ; os_name == 'nt'\"",
  "-e https://e.org/a.zip",
  "-e numpy",
  "-e .  # here",
  "a==1 --hash=sha256:00",
  "a==1 --hash sha256:00 --hash=sha384:11",
  "a==1 \\",
  "a==1 --hash=md5:0",
  "a --global-option=x",
  "a --config-settings k=v",
  "a==1 -C k=v",
  "a --no-binary a",
  "-i https://e.org/simple",
  "--index-url=https://e.org/simple",
  "--index https://e.org",
  "--extra-index-url https://e.org --pre",
  "--find-links ./wheels",
  "-f https://e.org/x.html",
  "--no-index",
  "--pre",
  "--prefer-binary",
  "--require-hashes",
  "--only-binary=:all:",
  "--no-binary :none:",
  "--trusted-host e.org",
  "--use-feature fast-deps",
  "--no-such",
  "-x",
  "--index-url",
  "--pre=1",
  "--i https://e.org",
  "--no https",
  "-r other.txt",
  "-rother.txt",
  "--requirement other.txt",
  "--requirement=other.txt",
  "-c limits.txt",
  "-climits.txt",
  "--constraint limits.txt",
  "-r sub/more.txt",
  "-r gone.txt",
  "-r 'other.txt'",
  "-r other.txt -r sub/more.txt",
  "-c limits.txt -r other.txt",
  "# comment",
  "  # comment",
  "#a \\",
  "",
  "   ",
  "a b",
  "a==",
  "==1",
  "a=1",
  "a>=1.*",
  "a;",
  "a; foo",
  "a==1,",
  "'a'",
  '"a==1"',
  "a -e .",
  "a\t# tab",
  "\ta",
  "a\\",
  "a[x",
  "a @ ",
  "${X}a",
  "a==${VERSION}",
  "$X",
  "%X%",
  "a==1 \\ # no",
  "a,b",
  "a b==1",
  "a@https://e.org/a.zip",
  "a @ ./x",
  "/abs/a.zip",
  "a~=1",
  "a===odd",
  "A.b_c-d",
  "a==1 ; extra == 'x'",
  "a[x]>=1,!=1.5 ; python_version >= '3' and sys_platform == 'win32'",
];

/** Whole requirement files, each with the files that they include: every line alone, and random ones together. */
export function requirementFiles(): readonly Readonly<Record<string, string>>[] {
  const beside = {
    "other.txt": "six\n-r sub/more.txt\n",
    "sub/more.txt": "idna==3\n",
    "limits.txt": "six<2\n-r other.txt\n",
    "pkg/setup.py": "",
    "setup.py": "",
  };
  const ends = fc.constantFrom("\n", "\n", "\r\n", "\n\n", " \\\n", "\\\n", "\r", "\f", "\n # c\n");
  const readable = lines.filter((line) => !/gone/u.test(line));
  const joint = fc
    .array(fc.tuple(fc.constantFrom(...readable), ends), { minLength: 2, maxLength: 4 })
    .map((parts) => parts.flat().join(""));
  const random = fc.sample(joint, { seed, numRuns: 500 });
  return [...lines, ...lines.map((line) => `zip-a\n${line}\nzip-b`), ...random].map((text) => ({
    ...beside,
    "requirements.txt": text,
  }));
}
