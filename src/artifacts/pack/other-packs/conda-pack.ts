import { makeFinding, type Finding } from "../../../model/index.ts";
import { isTable, named, platformOf, tableIn, textIn, type PackReader } from "./other-pack.ts";

const record = /^conda-meta\/[^/]+\.json$/u;

/**
 * What conda-pack writes: a conda environment, its records in conda-meta/ (one JSON a package, with the sha256 of each
 * file) and bin/conda-unpack, which puts the paths right after unpacking. Files in which conda writes the environment's
 * path (`prefix_placeholder`) are other than in the package, so their hash is not looked at.
 */
export const condaPack: PackReader = {
  keeps: (name) => record.test(name),
  read(members, archive) {
    const names = [...members.keys()];
    const unpacker = names.some((name) =>
      /^(?:bin\/conda-unpack|Scripts\/conda-unpack(?:\.exe|-script\.py))$/u.test(name),
    );
    const records = names.filter((name) => record.test(name));
    if (!unpacker || records.length === 0) return null;
    const findings: Finding[] = [];
    const differing: string[] = [];
    const missing: string[] = [];
    const subdirs = new Map<string, number>();
    let python: string | null = null;
    let intact = 0;
    const known = new Set<string>(records);
    for (const name of records) {
      const table = tableIn(members.get(name));
      if (table === null) {
        findings.push(broken(archive, `${name} cannot be read`));
        continue;
      }
      if (table["name"] === "python") python = textIn(table["version"]) || null;
      const subdir = textIn(table["subdir"]);
      if (subdir !== "" && subdir !== "noarch") subdirs.set(subdir, (subdirs.get(subdir) ?? 0) + 1);
      for (const { path, sha256, isRewritten } of filesOf(table)) {
        const found = members.get(path);
        if (found === undefined) {
          // What Python makes again by itself is left out at will.
          if (!path.endsWith(".pyc")) missing.push(path);
          continue;
        }
        if (found.kind !== "file" || sha256.length === 0 || isRewritten) continue;
        known.add(path);
        if (sha256.includes(found.sha256)) intact += 1;
        else differing.push(path);
      }
    }
    if (differing.length > 0) {
      findings.push(
        broken(archive, `${differing.length} files are not as their packages have them: ${named(differing)}`),
      );
    }
    if (missing.length > 0) {
      findings.push(
        makeFinding(
          "pack-incomplete",
          "warning",
          `${missing.length} files of its packages are not in ${archive}: ${named(missing)}`,
          {
            file: archive,
            why: "What needs them fails once it is unpacked.",
          },
        ),
      );
    }
    if (python === null) findings.push(withoutPython(archive));
    const [subdir = ""] = [...subdirs].sort((a, b) => b[1] - a[1])[0] ?? [];
    const files = names.filter((name) => members.get(name)?.kind === "file").length;
    const platform = subdir === "" ? null : platformOf(subdir);
    return {
      tool: "conda-pack",
      platform,
      python,
      packages: records.length,
      intact,
      differing: differing.length,
      unchecked: files - intact - differing.length,
      findings,
      evidence: [
        `conda-pack: ${records.length} conda packages${platform === null ? "" : ` for ${platform}`}, Python ${python ?? "none"}`,
        `${intact} of ${files} files have the sha256 that conda-meta states, ${differing.length} another; of the others it states none that holds after packing`,
      ],
    };
  },
};

interface PackagedFile {
  readonly path: string;
  readonly sha256: readonly string[];
  readonly isRewritten: boolean;
}

/** `paths_data` of a record (conda's paths.json, version 1); older records name files alone. */
function filesOf(table: Readonly<Record<string, unknown>>): readonly PackagedFile[] {
  const data = isTable(table["paths_data"]) ? table["paths_data"]["paths"] : null;
  if (Array.isArray(data)) {
    return data.filter(isTable).map((one) => ({
      path: textIn(one["_path"]),
      sha256: [textIn(one["sha256"]), textIn(one["sha256_in_prefix"])].filter((digest) => digest !== ""),
      isRewritten: textIn(one["prefix_placeholder"]) !== "" || one["path_type"] === "softlink",
    }));
  }
  const files = Array.isArray(table["files"]) ? table["files"] : [];
  return files.map((one) => ({ path: textIn(one), sha256: [], isRewritten: false }));
}

export function broken(archive: string, what: string): Finding {
  return makeFinding("pack-altered", "error", `${archive}: ${what}`, {
    file: archive,
    why: "What is run from it is not what its metadata names.",
    fix: "Pack the environment anew, or fetch the archive again.",
  });
}

export function withoutPython(archive: string): Finding {
  return makeFinding("pack-without-python", "error", `${archive} holds no Python`, {
    file: archive,
    why: "Without the internet there is nothing to run the project with.",
    fix: "Add python to the environment that is packed.",
  });
}
