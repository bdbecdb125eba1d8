import path from "node:path";
import type { Environment } from "../model/index.ts";
import { normaliseName } from "../manifests/index.ts";
import { exists, listNames, readText } from "../system/index.ts";
import { sitePackagesOf } from "./installed-packages.ts";
import { metadataHeaders } from "./metadata-headers.ts";

/** What an installed distribution says of itself (the core metadata in its *.dist-info). */
export interface InstalledDistribution {
  /** Normalised as PEP 503 says. */
  readonly name: string;
  readonly version: string;
  /** Its Requires-Dist fields: dependency specifiers (PEP 508), extras as markers. */
  readonly requires: readonly string[];
  /** The names of its extras, as it spells them. */
  readonly extras: readonly string[];
}

/** What core metadata says, with the licence: as an SPDX expression (PEP 639), else as the words that stand there. */
export interface DistributionMetadata extends InstalledDistribution {
  readonly licence: { readonly expression: string } | { readonly names: readonly string[] };
}

/** The distributions in an environment that tell of their dependencies; those without METADATA are left out. */
export function installedDistributions({ prefix }: Environment): readonly DistributionMetadata[] {
  const found = new Map<string, DistributionMetadata>();
  for (const folder of sitePackagesOf(prefix)) {
    for (const entry of listNames(folder).filter((name) => name.endsWith(".dist-info"))) {
      const file = path.join(folder, entry, "METADATA");
      if (!exists(file)) continue;
      const one = readMetadata(readText(file));
      if (one.name !== "" && !found.has(one.name)) found.set(one.name, one);
    }
  }
  return [...found.values()];
}

/** Reads a METADATA file (core metadata). Never throws: what is not there is empty. */
export function readMetadata(text: string): DistributionMetadata {
  const all = metadataHeaders(text);
  const expression = all("license-expression")[0] ?? "";
  const stated = all("license").filter((words) => words.length > 0 && words.length < 80);
  const classified = all("classifier").flatMap(
    (line) => /^License :: (?:OSI Approved :: )?(.+)$/u.exec(line)?.[1] ?? [],
  );
  return {
    name: normaliseName(all("name")[0] ?? ""),
    version: all("version")[0] ?? "",
    requires: all("requires-dist"),
    extras: all("provides-extra"),
    licence: expression === "" ? { names: classified.length > 0 ? classified : stated } : { expression },
  };
}
