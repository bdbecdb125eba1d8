import type { Requirement } from "../../model/index.ts";
import { normaliseName } from "../requirement/names.ts";
import { bareRequirement } from "../requirement/parse-requirement.ts";

/** What a lock says of one package; what a format does not say is left out. */
export interface LockedParts {
  readonly name: string;
  readonly version: string | null;
  readonly ecosystem?: Requirement["ecosystem"];
  /** The text that stands for it in `raw`; `name==version` where left out. */
  readonly raw?: string;
  /** "sha256:" (or another algorithm) and the digest. */
  readonly hashes?: readonly string[];
  readonly url?: string | null;
  readonly marker?: string | null;
  readonly extras?: readonly string[];
  readonly group?: string;
  readonly editable?: boolean;
}

/**
 * A locked package as a requirement of exactly its version. PyPI's names are normalised as PEP 503 says, conda's are in
 * lower case. A hash that is named twice is kept once.
 */
export function lockedRequirement(file: string, line: number | null, locked: LockedParts): Requirement {
  const { ecosystem = "pypi", version, hashes = [] } = locked;
  const name = ecosystem === "conda" ? locked.name.toLowerCase() : normaliseName(locked.name);
  const raw = locked.raw ?? (version === null ? name : `${name}==${version}`);
  return {
    ...bareRequirement(raw, { location: { file, line }, group: locked.group ?? "" }),
    ecosystem,
    name,
    extras: locked.extras ?? [],
    specifier: version === null ? "" : `==${version}`,
    hashes: [...new Set(hashes)],
    url: locked.url ?? null,
    marker: locked.marker ?? null,
    editable: locked.editable ?? false,
  };
}

/** A Git (or other VCS) reference as pip writes it; the commit is left out where the lock has none. */
export function vcsUrl(kind: string, address: string, commit: string | null, folder?: string | null): string {
  const at = commit === null || commit === "" ? "" : `@${commit}`;
  const below = folder === undefined || folder === null || folder === "" ? "" : `#subdirectory=${folder}`;
  return `${address.startsWith(`${kind}+`) ? "" : `${kind}+`}${address}${at}${below}`;
}
