import {
  makeFinding,
  type Finding,
  type Location,
  type Manifest,
  type Requirement,
} from "../../model/index.ts";
import { folderOf, resolvePath, type ReadContext } from "../manifest-format.ts";
import { decodeRequirements } from "./decode.ts";
import { logicalLines } from "./logical-lines.ts";
import { readOptions, splitOptions, type OptionKind, type RequirementsOption } from "./options.ts";
import { readEntry } from "./read-entry.ts";

export interface RequirementsText {
  readonly requirements: readonly Requirement[];
  readonly constraints: readonly Requirement[];
  readonly indexes: Manifest["indexes"];
  readonly findings: readonly Finding[];
}

/** What the lines are to the project: a dependency group's, or constraints on what others ask for. */
export interface ReadAs {
  readonly group: string;
  readonly constraint: boolean;
}

/** A line in the syntax of requirements.txt, wherever it stands. */
export interface PlacedLine {
  readonly text: string;
  readonly line: number | null;
}

interface Reading {
  readonly context: ReadContext;
  readonly group: string;
  readonly seen: Set<string>;
  readonly requirements: Requirement[];
  readonly constraints: Requirement[];
  readonly indexes: Manifest["indexes"][number][];
  readonly findings: Finding[];
}

function newReading(context: ReadContext, group: string): Reading {
  return { context, group, seen: new Set(), requirements: [], constraints: [], indexes: [], findings: [] };
}

/** All that a requirements file says, its `-r` and `-c` files included; each requirement keeps the place it stands at. */
export function readRequirementsText(
  path: string,
  text: string,
  context: ReadContext,
  as: ReadAs,
): RequirementsText {
  const reading = newReading(context, as.group);
  reading.seen.add(`${String(as.constraint)} ${path}`);
  readInto(reading, path, text, as.constraint);
  return reading;
}

/** Lines in the syntax of requirements.txt that another kind of file holds; `-r` is seen from that file's folder. */
export function readRequirementLines(
  path: string,
  lines: readonly PlacedLine[],
  context: ReadContext,
  as: ReadAs,
): RequirementsText {
  const reading = newReading(context, as.group);
  for (const { text, line } of lines) {
    for (const { text: said } of logicalLines(text))
      readLine(reading, { file: path, line }, said, as.constraint);
  }
  return reading;
}

function readInto(reading: Reading, path: string, raw: string, constraint: boolean): void {
  const decoded = decodeRequirements(path, raw);
  reading.findings.push(...decoded.findings);
  for (const { text, line } of logicalLines(decoded.text)) {
    if (!text.includes("\0")) readLine(reading, { file: path, line }, text, constraint);
  }
}

function readLine(reading: Reading, at: Location, text: string, constraint: boolean): void {
  reading.findings.push(...sharedFindings(text, at));
  const { said, options: behind } = splitOptions(text);
  const options = readOptions(behind);
  for (const { name } of options.filter(({ kind }) => kind === "unknown")) {
    reading.findings.push(
      makeFinding("requirement-invalid", "error", `pip knows no option "${shorten(name)}" here`, {
        ...at,
        why: "pip refuses the whole file",
        fix: "take the option out, or give it to pip where it is called",
      }),
    );
  }
  const valueOf = (kind: OptionKind): string | undefined =>
    options.find((option) => option.kind === kind)?.value;
  const editable = valueOf("editable");
  const entry = said === "" ? editable : said;
  if (entry !== undefined) {
    const hashes = options.filter(({ kind }) => kind === "hash").map(({ value }) => value);
    addRequirement(reading, at, constraint, {
      text: entry,
      raw: text,
      editable: editable !== undefined,
      hashes,
    });
    return;
  }
  const included = valueOf("requirement");
  const constraints = valueOf("constraint");
  // As pip has it: what a constraints file includes by -r is required, not only constrained.
  if (included !== undefined) include(reading, at, included, false);
  else if (constraints !== undefined) include(reading, at, constraints, true);
  else addIndexes(reading, at, options);
}

function addIndexes(reading: Reading, location: Location, options: readonly RequirementsOption[]): void {
  for (const { kind, value: url } of options) {
    if (kind === "index" || kind === "extra-index" || kind === "find-links") {
      reading.indexes.push({ kind, url, location });
    }
  }
}

/** What can be wrong with any line: a variable that only its owner has, and a password for all to see. */
function sharedFindings(text: string, at: Location): readonly Finding[] {
  const findings = Array.from(text.matchAll(/\$\{([A-Z0-9_]+)\}/gu), ([, name = ""]) =>
    makeFinding("requirements-variable", "warning", `the variable ${name} decides what is installed`, {
      ...at,
      why: "others do not have it",
      fix: "write what it holds, or say in the README where it comes from",
    }),
  );
  if (!/:\/\/[^/@\s$:]+:[^/@\s$]+@/u.test(text)) return findings;
  const finding = makeFinding("requirements-credential", "error", "a password stands in a URL", {
    ...at,
    why: "whoever gets the project gets the password",
    fix: "change the password, and take it from a variable or a .netrc file",
  });
  return [...findings, finding];
}

function addRequirement(
  reading: Reading,
  at: Location,
  constraint: boolean,
  entry: {
    readonly text: string;
    readonly raw: string;
    readonly editable: boolean;
    readonly hashes: readonly string[];
  },
): void {
  const origin = { location: at, group: reading.group };
  const found = readEntry(entry.text, entry.editable, origin, reading.context);
  reading.findings.push(...found.findings);
  if (found.requirement === null) return;
  const requirement = { ...found.requirement, hashes: entry.hashes, raw: entry.raw };
  (constraint ? reading.constraints : reading.requirements).push(requirement);
}

function include(reading: Reading, at: Location, target: string, constraint: boolean): void {
  if (/^[a-z][a-z+]*:\/\//iu.test(target)) {
    reading.findings.push(
      makeFinding("requirements-include-remote", "warning", `${target} is read from the network`, {
        ...at,
        why: "what it says can change or vanish",
        fix: "keep a copy in the project",
      }),
    );
    return;
  }
  const resolved = resolvePath(folderOf(at.file), target);
  const text = resolved === null ? null : reading.context.readFile(resolved);
  if (resolved === null || text === null) {
    reading.findings.push(
      makeFinding("requirements-include-missing", "error", `${target} is included but is not there`, {
        ...at,
        why: "pip refuses the whole file",
        fix: "add the file to the project, or take the line out",
      }),
    );
    return;
  }
  const key = `${String(constraint)} ${resolved}`;
  // A folder that links to itself includes files under ever longer names.
  if (reading.seen.has(key) || reading.seen.size > mostFiles) return;
  reading.seen.add(key);
  readInto(reading, resolved, text, constraint);
}

const mostFiles = 200;

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
