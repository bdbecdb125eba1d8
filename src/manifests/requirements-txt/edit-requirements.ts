import { parseRequirement } from "../requirement/parse-requirement.ts";
import { decodeRequirements } from "./decode.ts";
import { logicalLines } from "./logical-lines.ts";

const blank = String.raw`(?:[ \t\f]|\\\r?\n)*`;
const specifier = String.raw`(?:===|==|~=|!=|<=|>=|<|>)${blank}[A-Za-z0-9.*+!_-]+`;
const entry = new RegExp(
  String.raw`^(${blank}([A-Za-z0-9][A-Za-z0-9._-]*)(?:${blank}\[[^\]]*\])?)` +
    String.raw`(${blank}\(?${blank}(?:${specifier}${blank},?${blank})*\)?)`,
  "u",
);
const hashes = new RegExp(
  String.raw`(?<![ \t\n])(?:[ \t]|\\\r?\n)+--hash[= ]${blank}[\w-]+:[0-9a-fA-F]+`,
  "gu",
);
const place = { location: { file: "", line: null } };

/** `text` with each named requirement at `==version`. Extras, markers, comments, order and line endings stay; hashes of
 *  another version go. */
export function pinRequirementsText(text: string, pins: ReadonlyMap<string, string>): string {
  const decoded = decodeRequirements("", text).text;
  const offset = decoded.length === text.length || text.endsWith(decoded) ? text.length - decoded.length : 0;
  const prefix = text.slice(0, offset);
  let result = "";
  let done = 0;
  for (const line of logicalLines(decoded)) {
    const raw = decoded.slice(line.start, line.end);
    result += decoded.slice(done, line.start) + pinEntry(raw, pins);
    done = line.end;
  }
  result += decoded.slice(done);
  return result === decoded ? text : prefix + result;
}

function pinEntry(raw: string, pins: ReadonlyMap<string, string>): string {
  const match = entry.exec(raw);
  if (match === null) return raw;
  const [whole, head = "", , old = ""] = match;
  const rest = raw.slice(whole.length);
  if (!/^(?:$|[;\s\\#-])/u.test(rest)) return raw;
  const requirement = parseRequirement(`${head}${old}`.replaceAll(/\\\r?\n/gu, ""), place);
  const version = requirement === null ? undefined : pins.get(requirement.name);
  if (requirement === null || version === undefined || requirement.specifier === `==${version}`) return raw;
  let end = old.length;
  while (end > 0 && /[\s\\]/u.test(old[end - 1] ?? "")) end--;
  const gap = old.slice(end);
  return `${head.trimEnd()}==${version}${(gap + rest).replaceAll(hashes, "")}`;
}

/** `text` with requirements added at the end, one a line; those whose name is there already are left out. */
export function addRequirementsText(text: string | null, requirements: readonly string[]): string {
  const before = text ?? "";
  const decoded = decodeRequirements("", before).text;
  const known = new Set(
    logicalLines(decoded).map(
      (line) => parseRequirement(line.text.replace(/\s--[a-z].*$/u, ""), place)?.name,
    ),
  );
  const added = requirements.filter((requirement) => {
    const name = parseRequirement(requirement, place)?.name;
    return name === undefined || !known.has(name);
  });
  if (added.length === 0) return before;
  const base = text !== null && before.includes("\0") ? decoded : before;
  const newline = base.includes("\r\n") ? "\r\n" : "\n";
  const gap = base === "" || /[\r\n]$/u.test(base) ? "" : newline;
  return `${base}${gap}${added.join(newline)}${newline}`;
}
