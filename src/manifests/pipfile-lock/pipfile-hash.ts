import { createHash } from "node:crypto";
import { parse } from "smol-toml";
import { headerLine } from "../locked/package-lines.ts";
import { pythonJson } from "../locked/python-json.ts";
import type { TomlTable } from "../toml/toml-document.ts";

/** Tables that are no category of packages. */
const otherTables = new Set([
  "source",
  "packages",
  "dev-packages",
  "requires",
  "scripts",
  "pipfile",
  "pipenv",
  "default",
  "develop",
]);
const usualSource = [{ name: "pypi", url: "https://pypi.org/simple", verify_ssl: true }];

/**
 * What `_meta.hash.sha256` may be for this Pipfile, the newest Pipenv's first: it takes categories of the project's own in,
 * older ones do not. `line` is that of [packages]. Null where the text is not TOML.
 */
export function pipfileHashes(
  text: string,
): { readonly hashes: readonly string[]; readonly line: number | null } | null {
  let value: TomlTable;
  try {
    value = parse(text, { integersAsBigInt: true });
  } catch {
    return null;
  }
  const usual = {
    _meta: { sources: value["source"] ?? usualSource, requires: value["requires"] ?? {} },
    default: value["packages"] ?? {},
    develop: value["dev-packages"] ?? {},
  };
  const categories = Object.fromEntries(Object.entries(value).filter(([name]) => !otherTables.has(name)));
  const contents = [{ ...usual, ...categories }, usual];
  const hashes = contents.map((content) =>
    createHash("sha256").update(pythonJson(content, true)).digest("hex"),
  );
  return { hashes: [...new Set(hashes)], line: headerLine(text, "packages") };
}
