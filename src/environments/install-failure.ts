import { normaliseName } from "../manifests/index.ts";
import { makeFinding, type Finding, type Location, type ToolError } from "../model/index.ts";

/** What an installer printed when it failed: the cause of the ToolError. */
export class InstallFailure extends Error {
  override readonly name = "InstallFailure";
  readonly stderr: string;

  constructor(stderr: string) {
    super(relevantLines(stderr));
    this.stderr = stderr;
  }
}

/** A package and where the project's files name it: a Requirement serves. */
export interface NamedPackage {
  /** Normalised as PEP 503 says. */
  readonly name: string;
  readonly location: Location;
}

interface Rule {
  readonly rule: string;
  readonly seen: RegExp;
  readonly message: (match: RegExpExecArray) => string;
  /** What was seen of the packages that are at fault; where left out, no package is. */
  readonly about?: (match: RegExpExecArray) => string;
  readonly why: string;
  readonly fix: string;
}

const first = (match: RegExpExecArray): string => match[1] ?? "";

/** The first that is seen counts, so what is certain stands before what is general. */
const rules: readonly Rule[] = [
  {
    rule: "network",
    seen: /(?:dns error|error sending request for url|client error \(Connect\)|Connection refused|Network is unreachable|network was disabled)[^]*?$/u,
    message: () => "The Python index could not be reached.",
    why: "Installing needs the index, or a cache that holds every file.",
    fix: "Check the connection and the index URL (UV_DEFAULT_INDEX, PIP_INDEX_URL or pip.conf), then run the same again.",
  },
  {
    rule: "hash-mismatch",
    seen: /Hash mismatch for `([^`]+)`/u,
    message: (match) => `The index serves ${match[1]} with another content than the lock names.`,
    about: first,
    why: "A file under the locked name has another sha256: it was replaced, or the lock was edited.",
    fix: "Do not install it. Compare with another index; if the change is meant, lock anew.",
  },
  {
    rule: "no-wheel-for-python",
    seen: /current Python version \(([^)]+)\) does not satisfy Python([^\s,]+) and ([^\s]+) depends on/u,
    message: (match) => `${match[3]} needs Python ${match[2]}, and this is ${match[1]}.`,
    about: (match) => match[3] ?? "",
    why: "The pinned version does not serve the Python that was chosen.",
    fix: "State a Python that it serves, or pin a version that serves this Python.",
  },
  {
    rule: "no-wheel-for-python",
    seen: /([\w.-]+(?:==[\w.+!-]+)?) has no (?:usable wheels|wheels with a matching [^,\n]+? tag)/u,
    message: (match) => `${match[1]} has no wheel for this Python and platform.`,
    about: first,
    why: "Without a wheel it would have to be built, and what a build needs is not locked.",
    fix: "State a Python that it has wheels for, or pin a version that has wheels for this one.",
  },
  {
    rule: "build-leaves-its-folder",
    seen: /Failed to (?:build|download and build) `([^`]+)`[^]*(?:Read-only file system|EROFS|Errno 30)/u,
    message: (match) => `${match[1]} could not be built: its build writes outside of its own folder.`,
    about: first,
    why: "Builds run confined: they may write to their source, an empty home and temporary files, and nowhere else.",
    fix: "Take that step out of the build (setup.py or the build backend), or do it in a command of the project.",
  },
  {
    rule: "build-failed",
    seen: /Failed to build `(?:([^`@]+) @ )?file:[^`]*`/u,
    message: (match) =>
      `The project's own package${match[1] === undefined ? "" : ` ${match[1]}`} could not be built.`,
    why: "Its build backend stopped with an error, so nobody else can install it either.",
    fix: "Mend its build settings: the error shows what the backend missed.",
  },
  {
    rule: "no-wheel-for-python",
    seen: /Failed to (?:build|download and build) `([^`]+)`/u,
    message: (match) => `${match[1]} has no wheel for this Python and platform, and could not be built.`,
    about: first,
    why: "Its source needs a compiler, libraries or an older Python than this one.",
    fix: "State a Python that it has wheels for, or pin a version that has wheels for this one.",
  },
  {
    rule: "package-does-not-exist",
    seen: /Because ([\w.-]+) was not found in the package registry/u,
    message: (match) => `${match[1]} is not on the Python index.`,
    about: first,
    why: "The name is misspelt, or the package is private or was removed.",
    fix: "Correct the name, or name the index that has it.",
  },
  {
    rule: "pin-does-not-exist",
    seen: /there (?:is no version|are no versions) of ([\w.-]+(?:\[[^\]]*\])?(?:[=<>!~][^\s,]*(?:,[=<>!~][^\s,]*)*)?)/u,
    message: (match) => `The index has no version that is ${match[1]}.`,
    about: first,
    why: "What is pinned was never published or was removed, so nobody else can install it.",
    fix: "Pin a version that the index offers.",
  },
  {
    rule: "resolution-impossible",
    seen: /No solution found when resolving dependencies[^]*?cause: ([^]*?)(?:\n\n|$)/u,
    message: (match) =>
      `The requirements contradict each other: ${(match[1] ?? "").replaceAll(/\s+/gu, " ").trim()}`,
    about: (match) => (match[1] ?? "").match(/[\w.-]+(?=[=<>!~])/gu)?.join(" ") ?? "",
    why: "No set of versions satisfies all of them.",
    fix: "Loosen or correct one of the pins named.",
  },
];

/**
 * The fault in the project behind a failed installation, from what uv printed or from the ToolError that carries it.
 * Rules: network, hash-mismatch, build-failed, no-wheel-for-python, package-does-not-exist, pin-does-not-exist,
 * resolution-impossible. Null where the text shows none of them. The finding stands where the package is named in
 * `named` (what the project declares or its lock holds), if it is.
 */
export function explainInstallFailure(
  failure: string | ToolError,
  named: readonly NamedPackage[] = [],
): Finding | null {
  const stderr = typeof failure === "string" ? failure : stderrOf(failure);
  for (const { rule, seen, message, about, why, fix } of rules) {
    const match = seen.exec(stderr);
    if (match === null) continue;
    const place = placeOf(about?.(match) ?? "", named);
    return makeFinding(rule, "error", message(match), { ...place, why, fix });
  }
  return null;
}

/** Where the first of these packages is named that is named anywhere; their versions and extras do not matter. */
function placeOf(packages: string, named: readonly NamedPackage[]): Location | null {
  for (const text of packages.split(/\s+/u)) {
    const name = normaliseName(/^[\w.-]+/u.exec(text)?.[0] ?? "");
    const found = named.find((one) => one.name === name && name !== "");
    if (found !== undefined) return found.location;
  }
  return null;
}

function stderrOf(error: ToolError): string {
  return error.cause instanceof InstallFailure ? error.cause.stderr : error.message;
}

const mostLines = 30;

/** uv's own words from its first "error:" on, at most 30 lines: of a long build log the end, where the fault stands. */
export function relevantLines(stderr: string): string {
  const lines = stderr
    .split("\n")
    .filter((line) => !/^(?:warning:|Using Python|Resolved|Prepared)/u.test(line));
  const start = Math.max(
    0,
    lines.findIndex((line) => line.startsWith("error:")),
  );
  const kept = lines.slice(start);
  const short =
    kept.length <= mostLines ? kept : [...kept.slice(0, 4), "  ...", ...kept.slice(4 - mostLines + 1)];
  return (
    short
      .join("\n")
      .replace(/^error: /u, "")
      .trim() || "uv failed and said nothing"
  );
}
