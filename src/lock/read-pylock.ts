import { parse } from "smol-toml";
import { normaliseName } from "../manifests/index.ts";
import { makeFinding, type Finding } from "../model/index.ts";
import type { LockContent, LockedArtifact } from "./artifact.ts";

type Table = Readonly<Record<string, unknown>>;
const asTable = (value: unknown): Table | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : null;
const asText = (value: unknown): string => (typeof value === "string" ? value : "");
const asTables = (value: unknown): readonly Table[] =>
  Array.isArray(value) ? value.map(asTable).filter((table) => table !== null) : [];

/** Reads pylock.toml (PEP 751). What is no such file becomes the finding lock-invalid; never throws. */
export function readPylock(text: string, path: string): LockContent {
  let root: Table;
  try {
    root = parse(text) as Table;
  } catch (error) {
    const line = (error as { line?: number }).line ?? 1;
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { ...empty, findings: [invalid(path, said, line)] };
  }
  const version = asText(root["lock-version"]);
  if (!/^1\.\d+$/u.test(version)) {
    const said = version === "" ? "lock-version is missing" : `lock-version ${version} is not known`;
    return { ...empty, findings: [invalid(path, said, 1)] };
  }
  const at = lineFinder(text);
  const findings: Finding[] = [];
  const artifacts = asTables(root["packages"]).flatMap((entry) => {
    const name = asText(entry["name"]);
    const line = at.next(`name = "${name}"`);
    const found = artifactsOf(entry, name, line, at.of);
    if (name === "" || found.length === 0) {
      findings.push(invalid(path, `package ${name || "without a name"} names no source`, line));
    }
    return found;
  });
  const environments = Array.isArray(root["environments"]) ? root["environments"].map(asText) : [];
  return { requiresPython: asText(root["requires-python"]) || null, environments, artifacts, findings };
}

const empty: LockContent = { requiresPython: null, environments: [], artifacts: [], findings: [] };

function artifactsOf(
  entry: Table,
  name: string,
  line: number,
  lineOf: (part: string, from: number) => number,
): readonly LockedArtifact[] {
  const base = {
    name: normaliseName(name),
    version: asText(entry["version"]),
    marker: asText(entry["marker"]) || null,
  };
  const file = (table: Table, kind: "wheel" | "sdist"): LockedArtifact => {
    const url = asText(table["url"]) || asText(table["path"]);
    const filename = asText(table["name"]) || decoded(url.split(/[?#]/u)[0]?.split("/").at(-1) ?? "");
    return {
      ...base,
      url,
      filename,
      sha256: asText(asTable(table["hashes"])?.["sha256"]).toLowerCase(),
      size: typeof table["size"] === "number" ? table["size"] : null,
      kind,
      line: lineOf(url || filename, line),
    };
  };
  const vcs = asTable(entry["vcs"]);
  const directory = asTable(entry["directory"]);
  const archive = asTable(entry["archive"]);
  const sdist = asTable(entry["sdist"]);
  const tree = { ...base, filename: "", sha256: "", size: null, line };
  return [
    ...asTables(entry["wheels"]).map((wheel) => file(wheel, "wheel")),
    ...(sdist === null ? [] : [file(sdist, "sdist")]),
    ...(archive === null ? [] : [file(archive, isWheel(archive) ? "wheel" : "sdist")]),
    ...(vcs === null ? [] : [{ ...tree, kind: "vcs" as const, url: vcsUrl(vcs) }]),
    ...(directory === null ? [] : [{ ...tree, kind: "directory" as const, url: asText(directory["path"]) }]),
  ];
}

const isWheel = (archive: Table): boolean =>
  /\.whl(?:$|[?#])/u.test(asText(archive["url"]) || asText(archive["path"]));

function vcsUrl(vcs: Table): string {
  const commit = asText(vcs["commit-id"]);
  return `${asText(vcs["type"])}+${asText(vcs["url"]) || asText(vcs["path"])}${commit === "" ? "" : `@${commit}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function invalid(path: string, said: string, line: number): Finding {
  return makeFinding("lock-invalid", "error", `${path} is no valid pylock.toml: ${said}.`, {
    file: path,
    line,
    why: "Installers refuse it, so that nobody can install from it.",
    fix: "Lock anew: rung lock",
  });
}

/** Lines of texts, by looking for them: TOML readers that keep positions are several times slower on large locks. */
function lineFinder(text: string): {
  next: (part: string) => number;
  of: (part: string, from: number) => number;
} {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  let last = 0;
  return {
    next(part) {
      const found = text.indexOf(part, last);
      if (found === -1) return lineAt(last);
      last = found + 1;
      return lineAt(found);
    },
    of(part, from) {
      const found = part === "" ? -1 : text.indexOf(part, starts[from - 1] ?? 0);
      return found === -1 ? from : lineAt(found);
    },
  };
}
