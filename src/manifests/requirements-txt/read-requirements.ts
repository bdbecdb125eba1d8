import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { folderOf, resolvePath, type ReadContext } from "../manifest-format.ts";
import { isLocalPath } from "../requirement/names.ts";
import { parseReference, parseRequirement } from "../requirement/parse-requirement.ts";
import { decodeRequirements } from "./decode.ts";
import { logicalLines, type LogicalLine } from "./logical-lines.ts";
import { readOption } from "./options.ts";

export interface RequirementsText {
  readonly requirements: readonly Requirement[];
  readonly constraints: readonly Requirement[];
  readonly findings: readonly Finding[];
}

interface Reading {
  readonly context: ReadContext;
  readonly group: string;
  readonly seen: Set<string>;
  readonly requirements: Requirement[];
  readonly constraints: Requirement[];
  readonly findings: Finding[];
}

/** All that a requirements file says, its `-r` and `-c` files included; each requirement keeps the place it stands at. */
export function readRequirementsText(
  path: string,
  text: string,
  context: ReadContext,
  as: { readonly group: string; readonly constraint: boolean },
): RequirementsText {
  const reading: Reading = {
    context,
    group: as.group,
    seen: new Set([`${String(as.constraint)} ${path}`]),
    requirements: [],
    constraints: [],
    findings: [],
  };
  readInto(reading, path, text, as.constraint);
  return reading;
}

function readInto(reading: Reading, path: string, raw: string, constraint: boolean): void {
  const decoded = decodeRequirements(path, raw);
  reading.findings.push(...decoded.findings);
  for (const line of logicalLines(decoded.text)) {
    if (!line.text.includes("\0")) readLine(reading, path, line, constraint);
  }
}

function readLine(reading: Reading, path: string, line: LogicalLine, constraint: boolean): void {
  const at = { file: path, line: line.line };
  for (const variable of line.text.matchAll(/\$\{([A-Z0-9_]+)\}/gu)) {
    reading.findings.push(
      makeFinding(
        "requirements-variable",
        "warning",
        `the variable ${variable[1] ?? ""} decides what is installed`,
        {
          ...at,
          why: "others do not have it",
        },
      ),
    );
  }
  if (/:\/\/[^/@\s$]+:[^/@\s$]+@/u.test(line.text)) {
    reading.findings.push(
      makeFinding("requirements-credential", "error", "a password stands in a URL", {
        ...at,
        why: "whoever gets the project gets the password",
        fix: "change the password, and take it from a variable or a .netrc file",
      }),
    );
  }
  if (!line.text.startsWith("-")) {
    addRequirement(reading, path, line, constraint, { text: line.text, editable: false });
    return;
  }
  const option = readOption(line.text);
  if (option.kind === "editable") {
    addRequirement(reading, path, line, constraint, { text: option.value, editable: true });
  } else if (option.kind === "requirement" || option.kind === "constraint") {
    include(reading, path, line, option.value, constraint || option.kind === "constraint");
  } else if (option.kind === "unknown") {
    reading.findings.push(
      makeFinding("requirement-invalid", "error", `pip knows no option "${option.value}" here`, {
        ...at,
        why: "pip refuses the whole file",
      }),
    );
  }
}

function addRequirement(
  reading: Reading,
  path: string,
  line: LogicalLine,
  constraint: boolean,
  entry: { readonly text: string; readonly editable: boolean },
): void {
  const hashes = [...entry.text.matchAll(/\s--hash[= ]\s*([\w-]+:[0-9a-fA-F]+)/gu)].map(
    (match) => match[1] ?? "",
  );
  const said = entry.text.replace(/\s--[a-z].*$/u, "").trim();
  const origin = { location: { file: path, line: line.line }, group: reading.group };
  const looksLikeReference =
    /^[A-Za-z+]+:\/\/|^file:|^[./\\~]|^[A-Za-z]:[\\/]|\.(whl|zip|tar\.gz|tar\.bz2|tgz)(\W|$)/u;
  const reference =
    entry.editable || (looksLikeReference.test(said) && !/^[\w.-]+(\[[^\]]*\])?\s*@/u.test(said));
  const found = reference ? parseReference(said, origin) : parseRequirement(said, origin);
  const named = found ?? (/[/\\]/u.test(said) ? parseReference(said, origin) : null);
  if (named === null) {
    reading.findings.push(
      makeFinding("requirement-invalid", "error", `"${shorten(said)}" is not a requirement`, {
        ...origin.location,
        why: "pip refuses the whole file",
        fix: "write it as name==version",
      }),
    );
    return;
  }
  if (named.url !== null && isLocalPath(named.url) && isOutside(path, named.url)) {
    reading.findings.push(
      makeFinding("requirement-outside-tree", "error", `"${shorten(named.url)}" lies outside the project`, {
        ...origin.location,
        why: "nobody else has that path",
        fix: "name a released version, or move the package into the project",
      }),
    );
  }
  const requirement = { ...named, editable: entry.editable, hashes, raw: entry.text };
  (constraint ? reading.constraints : reading.requirements).push(requirement);
}

/** Whether a local path leaves the project's tree (pip reads it from the working folder, the project's root). */
function isOutside(path: string, url: string): boolean {
  const local = url.replace(/^file:(\/\/(localhost)?)?/u, "").replace(/#.*$/u, "");
  return resolvePath("", local) === null && resolvePath(folderOf(path), local) === null;
}

function include(
  reading: Reading,
  path: string,
  line: LogicalLine,
  target: string,
  constraint: boolean,
): void {
  const at = { file: path, line: line.line };
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
  const resolved = resolvePath(folderOf(path), target);
  const text = resolved === null ? null : reading.context.readFile(resolved);
  if (resolved === null || text === null) {
    reading.findings.push(
      makeFinding("requirements-include-missing", "error", `${target} is included but is not there`, {
        ...at,
        why: "pip refuses the whole file",
      }),
    );
    return;
  }
  const key = `${String(constraint)} ${resolved}`;
  if (reading.seen.has(key)) return;
  reading.seen.add(key);
  readInto(reading, resolved, text, constraint);
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
