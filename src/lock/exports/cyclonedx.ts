import type { DistributionMetadata } from "../../environments/index.ts";
import { normaliseName, variablesOn } from "../../manifests/index.ts";
import { dependenciesOf } from "../dependencies-of.ts";
import { platforms } from "../platforms.ts";
import { bomProject, bomText, pypiPurl } from "./bom.ts";
import { defineExport, type Exported, type ExportSource } from "./export-format.ts";
import { isFile, lockedPackages, type LockedPackage } from "./locked-packages.ts";

/**
 * A software bill of materials, CycloneDX 1.6 in JSON: https://cyclonedx.org/docs/1.6/json/. No time is
 * stated, so that the same lock gives the same bytes.
 */
export const cyclonedx = defineExport({
  id: "cyclonedx",
  fileName: "sbom.cdx.json",
  wantsMetadata: true,
  write,
});

function write(source: ExportSource): Exported {
  const packages = [...Map.groupBy(lockedPackages(source.content), purlOf)];
  const text = bomText({
    toolVersion: source.toolVersion,
    project: { name: source.project },
    metadata: {
      properties: [
        { name: "rung:lock", value: source.lockPath },
        { name: "rung:python", value: source.python },
      ],
    },
    components: packages.map(([purl, variants]) => component(purl, variants, source.metadata)),
    more: { dependencies: dependencies(source, packages) },
  });
  return { text, findings: [] };
}

function purlOf({ name, version, files: [first] }: LockedPackage): string {
  const qualifier = first.kind === "vcs" ? `?vcs_url=${encodeURIComponent(first.url)}` : "";
  return `${pypiPurl(name, version)}${qualifier}`;
}

function component(
  purl: string,
  variants: readonly LockedPackage[],
  metadata: ExportSource["metadata"],
): Readonly<Record<string, unknown>> {
  const files = variants.flatMap((one) => one.files);
  const [first] = files;
  const known = metadata.get(`${first?.name ?? ""} ${first?.version ?? ""}`);
  const distributions = files
    .filter(({ url }) => /^[a-z][a-z+]*:\/\//iu.test(url))
    .map((file) => ({
      type: isFile(file) ? "distribution" : "vcs",
      url: file.url,
      ...(file.sha256 === "" ? {} : { hashes: [{ alg: "SHA-256", content: file.sha256 }] }),
    }))
    .sort((one, other) => (one.url < other.url ? -1 : 1));
  const [only, ...others] = files;
  const markers = new Set(variants.flatMap(({ marker }) => marker ?? []));
  return {
    type: "library",
    "bom-ref": purl,
    name: first?.name ?? "",
    ...(first === undefined || first.version === "" ? {} : { version: first.version }),
    // A hash of the component itself is one only where it is but one file.
    ...(only === undefined || others.length > 0 || only.sha256 === ""
      ? {}
      : { hashes: [{ alg: "SHA-256", content: only.sha256 }] }),
    ...licencesOf(known),
    purl,
    ...(distributions.length === 0 ? {} : { externalReferences: distributions }),
    ...(markers.size === 0
      ? {}
      : { properties: [...markers].sort().map((value) => ({ name: "rung:marker", value })) }),
  };
}

function licencesOf(known: DistributionMetadata | undefined): { readonly licenses?: readonly unknown[] } {
  if (known === undefined) return {};
  const { licence } = known;
  if ("expression" in licence) return { licenses: [{ expression: licence.expression }] };
  const names = [...new Set(licence.names)].sort();
  return names.length === 0 ? {} : { licenses: names.map((name) => ({ license: { name } })) };
}

/** Who needs whom, on any platform, as the packages' own metadata says; of the project, what it declares. */
function dependencies(
  { metadata, declared, python }: ExportSource,
  packages: readonly (readonly [purl: string, variants: readonly LockedPackage[]])[],
): readonly { readonly ref: string; readonly dependsOn: readonly string[] }[] {
  const byName = Map.groupBy(packages, ([, [first]]) => first?.name ?? "");
  const known = new Map([...metadata.values()].map((one) => [one.name, one]));
  const needs = new Map<string, Set<string>>();
  const roots = [...[...known.values()].map(({ name }) => ({ name, extras: [] })), ...declared];
  for (const { id } of platforms) {
    for (const { by, requirement } of dependenciesOf(known, roots, variablesOn(id, python))) {
      needs.set(by.name, (needs.get(by.name) ?? new Set<string>()).add(normaliseName(requirement.name)));
    }
  }
  const refs = (names: Iterable<string>): readonly string[] =>
    [...new Set([...names].flatMap((name) => (byName.get(name) ?? []).map(([purl]) => purl)))].sort();
  return [
    { ref: bomProject, dependsOn: refs(declared.map(({ name }) => normaliseName(name))) },
    ...packages.map(([purl, [first]]) => ({
      ref: purl,
      dependsOn: refs(needs.get(first?.name ?? "") ?? []),
    })),
  ];
}
