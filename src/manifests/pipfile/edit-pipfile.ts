import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { quote } from "../toml/quote.ts";
import { applySplices, type Splice } from "../splice.ts";
import { readToml } from "../toml/toml-document.ts";
import { tableAt } from "../toml/toml-values.ts";
import { pipfileTables } from "./tables.ts";

/** Fixes each named package to `==version`, in every table that names it and is not a path or a repository. */
export function pinPipfile(text: string, pins: ReadonlyMap<string, string>): string {
  const document = readToml("Pipfile", text, "pipfile-invalid");
  const splices: Splice[] = [];
  for (const { table } of pipfileTables(document)) {
    for (const name of Object.keys(tableAt(document.value, table))) {
      const version = pins.get(normaliseName(name));
      const node = document.nodeAt([table, name, "version"]) ?? document.nodeAt([table, name]);
      if (version === undefined || node?.type !== "TOMLValue" || node.kind !== "string") continue;
      if (node.value.replace(/^==\s*/u, "") === version && node.value.startsWith("==")) continue;
      const [start, end] = node.range;
      splices.push({ start, end, text: quote(`==${version}`, text[start] === "'") });
    }
  }
  return applySplices(text, splices);
}

/** Adds requirements to [packages], which is made where it is not there; null for a text that is not TOML. */
export function addToPipfile(text: string | null, requirements: readonly string[]): string | null {
  const before = text ?? "";
  const document = readToml("Pipfile", before, "pipfile-invalid");
  if (document.findings.length > 0) return null;
  const known = new Set(Object.keys(tableAt(document.value, "packages")).map(normaliseName));
  const lines = requirements.flatMap((said) => {
    const requirement = parseRequirement(said, { location: { file: "", line: null } });
    return requirement === null || known.has(requirement.name) ? [] : [entryOf(requirement)];
  });
  if (lines.length === 0) return text ?? "";
  const newline = before.includes("\r\n") ? "\r\n" : "\n";
  const table = document.nodeAt(["packages"]);
  if (table === null) {
    const ended = before === "" || before.endsWith("\n") ? before : before + newline;
    return `${ended}${before === "" ? "" : newline}[packages]${newline}${lines.join(newline)}${newline}`;
  }
  if (table.type !== "TOMLTable") return null;
  const last = table.body.at(-1)?.range[1] ?? table.range[1];
  const end = before.slice(last).search(/\r?\n|$/u) + last;
  return applySplices(before, [{ start: end, end, text: newline + lines.join(newline) }]);
}

function entryOf(requirement: NonNullable<ReturnType<typeof parseRequirement>>): string {
  const { name, specifier, extras, marker, url } = requirement;
  const version = quote(specifier === "" ? "*" : specifier);
  const isPlain = extras.length === 0 && marker === null && url === null;
  if (isPlain) return `${name} = ${version}`;
  const parts = [
    url === null ? `version = ${version}` : urlPart(url),
    ...(extras.length === 0 ? [] : [`extras = [${extras.map((extra) => quote(extra)).join(", ")}]`]),
    ...(marker === null ? [] : [`markers = ${quote(marker)}`]),
  ];
  return `${name} = {${parts.join(", ")}}`;
}

function urlPart(url: string): string {
  const [, vcs, address = "", reference] =
    /^(git|hg|svn|bzr)\+([^#]*?)(?:@([^@/#]+))?(?:#.*)?$/u.exec(url) ?? [];
  if (vcs === undefined) return `file = ${quote(url)}`;
  return `${vcs} = ${quote(address)}${reference === undefined ? "" : `, ref = ${quote(reference)}`}`;
}
