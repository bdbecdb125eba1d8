import { sha256 } from "../../system/index.ts";

/** What a bill of materials states, in CycloneDX's own words: https://cyclonedx.org/docs/1.6/json/. */
export interface Bom {
  /** Rung's own version. */
  readonly toolVersion: string;
  /** Of the project: its component, and what else belongs to `metadata`. */
  readonly project: { readonly name: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly components: readonly unknown[];
  /** What follows the components: dependencies, compositions. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** The project's own `bom-ref`. */
export const bomProject = "project";

/**
 * A bill of materials as text, CycloneDX 1.6 in JSON. The serial number comes from the content, so that the same content
 * gives the same bytes.
 */
export function bomText({ toolVersion, project, metadata, components, more }: Bom): string {
  const body = {
    version: 1,
    metadata: {
      tools: { components: [{ type: "application", name: "rung", version: toolVersion }] },
      component: { type: "application", "bom-ref": bomProject, ...project },
      ...metadata,
    },
    components,
    ...more,
  };
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(body))}`,
    ...body,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The package URL of a distribution of PyPI. Names are normalised as PEP 503 says, which is what package URLs ask for. */
export function pypiPurl(name: string, version: string): string {
  return `pkg:pypi/${name}${version === "" ? "" : `@${encodeURIComponent(version)}`}`;
}

/** A UUID that is made from a text alone (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = sha256(text).slice(0, 32).split("");
  hex[12] = "8";
  hex[16] = ((Number.parseInt(hex[16] ?? "0", 16) & 0x3) | 0x8).toString(16);
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
