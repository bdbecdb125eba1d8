import type { Location, Requirement } from "../../model/index.ts";
import { isMarker } from "./marker.ts";
import { cleanSpecifier } from "./specifier.ts";
import { isLocalPath, normaliseName } from "./names.ts";

const nameAndExtras = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/u;

const identifier = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/u;

export interface RequirementOrigin {
  readonly location: Location;
  readonly group?: string;
}

/** Everything known of a requirement but what its text says. */
export function bareRequirement(raw: string, origin: RequirementOrigin): Requirement {
  return {
    name: "",
    extras: [],
    specifier: "",
    marker: null,
    url: null,
    editable: false,
    ecosystem: "pypi",
    hashes: [],
    group: origin.group ?? "",
    raw,
    location: origin.location,
  };
}

/** A dependency specifier (PEP 508), `name @ url` included; null where the text is none. */
export function parseRequirement(text: string, origin: RequirementOrigin): Requirement | null {
  const head = nameAndExtras.exec(text);
  if (head === null) return null;
  const rest = text.slice(head[0].length);
  const extras = (head[2] ?? "").trim() === "" ? [] : (head[2] ?? "").split(",").map((extra) => extra.trim());
  if (!extras.every((extra) => identifier.test(extra))) return null;
  const base: Requirement = {
    ...bareRequirement(text.trim(), origin),
    name: normaliseName(head[1] ?? ""),
    extras: extras.map(normaliseName),
  };
  if (rest.startsWith("@")) return withUrl(base, rest.slice(1));
  const semicolon = rest.indexOf(";");
  const specifier = cleanSpecifier(semicolon === -1 ? rest : rest.slice(0, semicolon));
  const marker = semicolon === -1 ? null : rest.slice(semicolon + 1).trim();
  if (specifier === null || (marker !== null && !isMarker(marker))) return null;
  return { ...base, specifier, marker };
}

/** A requirement given by a URL or a path alone, as pip accepts it; the name from `#egg=` or the wheel's file name. */
export function parseReference(text: string, origin: RequirementOrigin): Requirement | null {
  const base = bareRequirement(text.trim(), origin);
  const found = withUrl(base, text);
  if (found?.url === undefined || found.url === null) return null;
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/u.exec(found.url)?.[1];
  const wheel = /([A-Za-z0-9_.]+)-[^/-]+(?:-[^/-]+)?-[^/-]+-[^/-]+-[^/-]+\.whl(?:$|[#?])/u.exec(
    found.url,
  )?.[1];
  if (!isLocalPath(found.url)) return { ...found, name: normaliseName(egg ?? wheel ?? "") };
  const extras = /\[([^[\]]*)\]$/u.exec(found.url);
  return {
    ...found,
    name: normaliseName(egg ?? wheel ?? ""),
    url: extras === null ? found.url : found.url.slice(0, extras.index),
    extras: (extras?.[1] ?? "")
      .split(",")
      .map((extra) => extra.trim())
      .filter((extra) => extra !== ""),
  };
}

/** A URL ends at the first blank, so that a marker after it needs " ;" (PEP 508). */
function withUrl(base: Requirement, text: string): Requirement | null {
  const trimmed = text.trim();
  const end = trimmed.search(/\s;|;\s/u);
  const url = (end === -1 ? trimmed : trimmed.slice(0, end)).trim();
  const marker = end === -1 ? null : trimmed.slice(end).replace(/^\s*;/u, "").trim();
  if (url === "" || /\s/u.test(url) || (marker !== null && !isMarker(marker))) return null;
  return { ...base, url, marker };
}
