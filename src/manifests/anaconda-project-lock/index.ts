import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { platformMarker } from "../locked/conda-package.ts";
import { lockBroken, tooMany } from "../locked/lock-findings.ts";
import { readLockYaml } from "../locked/lock-yaml.ts";
import { lockedPython } from "../locked/locked-python.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";
import { keyLine } from "../locked/package-lines.ts";
import { normaliseName } from "../requirement/names.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/** Packages in all environments together; aliases could make billions out of a small file. */
const maxPackages = 50_000;

/**
 * anaconda-project-lock.yml: each env spec has packages for `all`, for a family of platforms and for one platform, as
 * `name=version=build`. The format holds no hashes. Where locking is switched off, nothing is locked.
 */
export const anacondaProjectLock = defineManifestFormat({
  id: "anaconda-project-lock.yml",
  matches: (path) => /^anaconda-project-lock\.ya?ml$/u.test(baseName(path)),
  read(path, text) {
    const { value, findings } = readLockYaml(path, text);
    const problems: Finding[] = [...findings];
    const requirements: Requirement[] = [];
    const specs = Object.entries(asTable(value["env_specs"]));
    if (findings.length === 0 && specs.length === 0)
      problems.push(lockBroken(path, null, "has no env_specs"));
    const isOff = asText(value["locking_enabled"])?.toLowerCase() === "false";
    const lineOf = lineFinder(text);
    for (const [spec, entry] of isOff ? [] : specs) {
      if (asText(asTable(entry)["locked"])?.toLowerCase() === "false") continue;
      const group = spec === "default" || specs.length === 1 ? "" : normaliseName(spec);
      for (const [platform, packages] of Object.entries(asTable(asTable(entry)["packages"]))) {
        for (const said of asArray(packages)) {
          if (requirements.length >= maxPackages) break;
          const line = lineOf(asText(said) ?? "");
          const requirement = readPackage(path, line, asText(said) ?? "", { group, platform });
          if (requirement !== null) requirements.push(requirement);
          else
            problems.push(
              lockBroken(path, line, `holds a package that is none: ${String(said).slice(0, 80)}`),
            );
        }
      }
    }
    if (requirements.length >= maxPackages) problems.push(lockBroken(path, null, tooMany));
    if (isOff) {
      problems.push(
        makeFinding("lock-disabled", "info", `${path} locks nothing: locking_enabled is false`, {
          file: path,
          line: keyLine(text, "locking_enabled"),
        }),
      );
    }
    return makeManifest("anaconda-project-lock.yml", path, {
      requirements,
      python: lockedPython(requirements.filter(({ group }) => group === "")),
      isLock: true,
      findings: problems.slice(0, 100),
    });
  },
});

function readPackage(
  path: string,
  line: number | null,
  said: string,
  { group, platform }: { readonly group: string; readonly platform: string },
): Requirement | null {
  const marker = platformMarker(platform);
  if (platform === "pip") {
    const requirement = parseRequirement(said, { location: { file: path, line }, group });
    return requirement ?? null;
  }
  const match = /^([A-Za-z0-9_.-]+)=([^=\s]+)(?:=([^=\s]+))?$/u.exec(said.trim());
  if (match === null) return null;
  const [, name = "", version = ""] = match;
  return lockedRequirement(path, line, {
    ecosystem: "conda",
    name,
    version,
    raw: said.trim(),
    marker,
    group,
  });
}

/** The lines of list items, each asked for in the order of the file: the next one with that text. */
function lineFinder(text: string): (item: string) => number | null {
  const lines = new Map<string, number[]>();
  for (const [index, line] of text.split("\n").entries()) {
    const item = /^\s*- (?:"([^"]*)"|'([^']*)'|(\S.*?))\s*$/u.exec(line);
    const said = item?.[1] ?? item?.[2] ?? item?.[3];
    if (said === undefined) continue;
    const known = lines.get(said);
    if (known === undefined) lines.set(said, [index + 1]);
    else known.push(index + 1);
  }
  return (item) => {
    const known = lines.get(item) ?? [];
    return (known.length > 1 ? known.shift() : known[0]) ?? null;
  };
}
