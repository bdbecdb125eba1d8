import type { Finding } from "../../../model/index.ts";
import { broken, withoutPython } from "./conda-pack.ts";
import { isTable, named, platformOf, tableIn, textIn, type PackReader } from "./other-pack.ts";

const repodata = /^channel\/[^/]+\/repodata\.json$/u;

/**
 * What pixi-pack writes: pixi-pack.json with version and platform, a conda channel in channel/ whose repodata.json names
 * each package with its sha256, and wheels in pypi/, of which nothing tells the hash.
 */
export const pixiPack: PackReader = {
  keeps: (name) => name === "pixi-pack.json" || repodata.test(name),
  read(members, archive) {
    const about = tableIn(members.get("pixi-pack.json"));
    if (about === null) return null;
    const findings: Finding[] = [];
    const differing: string[] = [];
    const missing: string[] = [];
    const known = new Set<string>();
    let python: string | null = null;
    for (const name of [...members.keys()].filter((one) => repodata.test(one))) {
      const table = tableIn(members.get(name));
      if (table === null) {
        findings.push(broken(archive, `${name} cannot be read`));
        continue;
      }
      const folder = name.slice(0, name.lastIndexOf("/"));
      const listed = ["packages", "packages.conda"].flatMap((key) =>
        Object.entries(isTable(table[key]) ? table[key] : {}),
      );
      for (const [file, entry] of listed) {
        if (!isTable(entry)) continue;
        if (entry["name"] === "python") python = textIn(entry["version"]) || null;
        const path = `${folder}/${file}`;
        const found = members.get(path);
        known.add(path);
        if (found === undefined) missing.push(path);
        else if (found.sha256 !== textIn(entry["sha256"])) differing.push(path);
      }
    }
    const packages = [...members.keys()].filter((name) => /^channel\/.*\.(?:conda|tar\.bz2)$/u.test(name));
    const unnamed = packages.filter((name) => !known.has(name));
    const wheels = [...members.keys()].filter((name) => /^pypi\/.*\.whl$/u.test(name));
    for (const [what, which] of [
      ["are not as repodata.json has them", differing],
      ["are named in repodata.json and not there", missing],
      ["are there and not named in repodata.json", unnamed],
    ] as const) {
      if (which.length > 0)
        findings.push(broken(archive, `${which.length} packages ${what}: ${named(which)}`));
    }
    if (python === null) findings.push(withoutPython(archive));
    const platform = textIn(about["platform"]) === "" ? null : platformOf(textIn(about["platform"]));
    const intact = known.size - differing.length - missing.length;
    const pypi = wheels.length === 0 ? "" : ` and ${wheels.length} wheels, whose hashes it does not state`;
    return {
      tool: "pixi-pack",
      platform,
      python,
      packages: packages.length + wheels.length,
      intact,
      differing: differing.length + missing.length,
      unchecked: unnamed.length + wheels.length,
      findings,
      evidence: [
        `pixi-pack: ${packages.length} conda packages${pypi}${platform === null ? "" : ` for ${platform}`}, Python ${python ?? "none"}`,
        `${intact} of ${known.size} conda packages have the sha256 that their channel states`,
      ],
    };
  },
};
