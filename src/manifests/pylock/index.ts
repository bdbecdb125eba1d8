import { makeFinding, type Finding, type Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement, cleanSpecifier } from "../requirement/parse-requirement.ts";
import { readToml, type TomlDocument, type TomlTable } from "../toml/toml-document.ts";
import { asArray, asTable, asText } from "../toml/toml-values.ts";

/** pylock.toml and pylock.NAME.toml (PEP 751). */
export const pylock = defineManifestFormat({
  id: "pylock.toml",
  matches: (path) => /^pylock\.(?:[^.]+\.)?toml$/u.test(baseName(path)),
  read(path, text) {
    const document = readToml(path, text, "lock-invalid");
    const findings: Finding[] = [...document.findings];
    const { value } = document;
    if (document.findings.length === 0 && !(asText(value["lock-version"]) ?? "").startsWith("1.")) {
      findings.push(
        makeFinding("lock-invalid", "error", `${path} is not a lock of version 1`, {
          file: path,
          line: document.lineOf(["lock-version"]),
          why: "installers refuse a lock whose version they do not know (PEP 751)",
        }),
      );
    }
    const packages = asArray(value["packages"]).map((entry, index) =>
      readPackage(path, document, asTable(entry), index),
    );
    const specifier = cleanSpecifier(asText(value["requires-python"]) ?? "");
    return makeManifest("pylock.toml", path, {
      requirements: packages.map((entry) => entry.requirement),
      python:
        specifier === null || specifier === ""
          ? null
          : { specifier, location: { file: path, line: document.lineOf(["requires-python"]) } },
      isLock: true,
      findings: [...findings, ...packages.flatMap((entry) => entry.findings)],
    });
  },
});

interface LockedPackage {
  readonly requirement: Requirement;
  readonly findings: readonly Finding[];
}

function readPackage(path: string, document: TomlDocument, entry: TomlTable, index: number): LockedPackage {
  // A lock has hundreds of packages, all well in the usual case: the line is worked out only for a finding.
  const line = (): number | null => document.lineOf(["packages", index, "name"]);
  const name = normaliseName(asText(entry["name"]) ?? "");
  const version = asText(entry["version"]);
  const wheels = asArray(entry["wheels"]).map(asTable);
  const files = [...wheels, ...["sdist", "archive"].map((key) => asTable(entry[key]))];
  const present = files.filter((file) => Object.keys(file).length > 0);
  const findings: Finding[] = [];
  const report = (rule: string, severity: "error" | "warning", message: string, why: string): void => {
    findings.push(
      makeFinding(rule, severity, message, {
        file: path,
        line: line(),
        why,
        fix: "make the lock anew: rung lock",
      }),
    );
  };
  const vcs = asTable(entry["vcs"]);
  const commit = asText(vcs["commit-id"]);
  const isVcs = Object.keys(vcs).length > 0;
  const isDirectory = Object.keys(asTable(entry["directory"])).length > 0;
  if (name === "")
    report("lock-invalid", "error", `package ${index + 1} has no name`, "no installer accepts the lock");
  if (present.some((file) => hashesOf(file).length === 0)) {
    report(
      "lock-missing-hash",
      "error",
      `${name} has a file without a hash`,
      "the index could serve another one",
    );
  } else if (isVcs && !/^[0-9a-f]{40,64}$/u.test(commit ?? "")) {
    report("lock-missing-hash", "error", `${name} is locked to no commit`, "a branch or tag can move");
  } else if (present.length === 0 && !isVcs && !isDirectory) {
    report("lock-missing-hash", "error", `${name} names no file`, "the index could serve any");
  }
  if (wheels.length === 0 && (present.length > 0 || isVcs)) {
    report(
      "lock-sdist-only",
      "warning",
      `${name} has no wheel`,
      "it is built on each machine, with build tools that the lock does not fix",
    );
  }
  const url = isVcs
    ? `${asText(vcs["type"]) ?? "git"}+${asText(vcs["url"]) ?? asText(vcs["path"]) ?? ""}@${commit ?? ""}`
    : (asText(asTable(entry["archive"])["url"]) ?? asText(asTable(entry["directory"])["path"]));
  const raw = version === null ? name : `${name}==${version}`;
  return {
    requirement: {
      ...bareRequirement(raw, { location: { file: path, line: null } }),
      name,
      specifier: version === null ? "" : `==${version}`,
      marker: asText(entry["marker"]),
      url,
      hashes: present.flatMap(hashesOf),
    },
    findings,
  };
}

/** The hashes of one file as "sha256:...". */
function hashesOf(file: TomlTable): readonly string[] {
  return Object.entries(asTable(file["hashes"]))
    .filter(([, digest]) => typeof digest === "string" && digest !== "")
    .map(([algorithm, digest]) => `${algorithm}:${String(digest)}`);
}
