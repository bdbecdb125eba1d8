import type { Finding } from "../../../model/index.ts";
import { readSums } from "../checksums.ts";
import { broken } from "./conda-pack.ts";
import { isTable, named, tableIn, textIn, type PackReader } from "./other-pack.ts";

const described = /^[^/]+\/(?:bundle\.json|SHA256SUMS)$/u;

/** What `rung pack` wrote: every file against SHA256SUMS, missing and extra ones too. */
export const ownPack: PackReader = {
  keeps: (name) => described.test(name),
  read(members, archive) {
    const home = [...members.keys()].find((name) => /^[^/]+\/bundle\.json$/u.test(name))?.split("/")[0];
    const sumsText = members.get(`${home}/SHA256SUMS`)?.content ?? null;
    const manifest = tableIn(members.get(`${home}/bundle.json`));
    if (home === undefined || sumsText === null || manifest === null) return null;
    const sums = readSums(sumsText);
    const files = [...members].filter(([name, { kind }]) => kind === "file" && name !== `${home}/SHA256SUMS`);
    const digests = new Map(files.map(([name, { sha256 }]) => [name.slice(home.length + 1), sha256]));
    const differing = [...digests]
      .filter(([name, digest]) => sums.get(name) !== digest)
      .map(([name]) => name);
    const missing = [...sums.keys()].filter((name) => !digests.has(name));
    const findings: Finding[] = [];
    if (differing.length > 0)
      findings.push(
        broken(archive, `${differing.length} files are not as SHA256SUMS has them: ${named(differing)}`),
      );
    if (missing.length > 0)
      findings.push(broken(archive, `${missing.length} files are missing: ${named(missing)}`));
    const python = isTable(manifest["python"]) ? textIn(manifest["python"]["version"]) : "";
    const wheels = Array.isArray(manifest["wheels"]) ? manifest["wheels"].length : 0;
    const platform = textIn(manifest["platform"]);
    const intact = digests.size - differing.length;
    return {
      tool: "rung",
      platform: platform === "" ? null : platform,
      python: python === "" ? null : python,
      packages: wheels,
      intact,
      differing: differing.length + missing.length,
      unchecked: 0,
      findings,
      evidence: [
        `rung pack: ${wheels} packages for ${platform}, Python ${python}`,
        `${intact} of ${sums.size} files have the sha256 that SHA256SUMS states`,
      ],
    };
  },
};
