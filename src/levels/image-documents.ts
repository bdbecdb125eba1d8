import type { Attachment } from "../artifacts/image/index.ts";
import type { Bundle } from "../artifacts/pack/index.ts";
import { bomText, pypiPurl } from "../lock/index.ts";
import { sha256 } from "../system/index.ts";
import type { Subject } from "./subject.ts";

export interface Documented {
  readonly subject: Subject;
  readonly bundle: Bundle;
  readonly toolVersion: string;
  /** The image's name, and its manifest's digest ("sha256:…"). */
  readonly tag: string;
  readonly digest: string;
  /** What it stands on; null where it stands on nothing. */
  readonly base: { readonly name: string; readonly digest: string } | null;
}

/**
 * What is told beside an image: a bill of its packages (CycloneDX 1.6), and what it was made from (an in-toto Statement v1
 * with SLSA Provenance v1, unsigned). No time is in them, so that the same image of the same commit has the same.
 */
export function imageDocuments(documented: Documented): readonly Attachment[] {
  return [
    { mediaType: "application/vnd.cyclonedx+json", fileName: "sbom.cdx.json", text: bill(documented) },
    {
      mediaType: "application/vnd.in-toto+json",
      fileName: "provenance.intoto.json",
      text: `${JSON.stringify(provenance(documented), null, 2)}\n`,
    },
  ];
}

function bill({ bundle, toolVersion, tag, digest }: Documented): string {
  const { manifest, packages, platform } = bundle;
  const python = {
    type: "platform",
    "bom-ref": "python",
    name: "python",
    version: manifest.python.version,
    purl: `pkg:generic/python@${manifest.python.version}`,
  };
  return bomText({
    toolVersion,
    project: { name: manifest.name },
    metadata: {
      lifecycles: [{ phase: "build" }],
      properties: [
        { name: "rung:image", value: `${tag}@${digest}` },
        { name: "rung:platform", value: platform },
      ],
    },
    components: [
      python,
      ...packages.map(({ name, version, sha256: content }) => ({
        type: "library",
        "bom-ref": pypiPurl(name, version),
        name,
        version,
        purl: pypiPurl(name, version),
        hashes: [{ alg: "SHA-256", content }],
      })),
    ],
    // The system's own libraries that go along are not packages of Python.
    more: { compositions: [{ aggregate: "incomplete", assemblies: ["project"] }] },
  });
}

function provenance({ subject, bundle, toolVersion, tag, digest, base }: Documented): unknown {
  const { project, lock, archive } = subject;
  const { git } = project;
  const commit = git?.head ?? null;
  const modified = git?.modified.length ?? 0;
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: tag, digest: { sha256: digest.replace("sha256:", "") } }],
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "urn:rung:build-type:image:1",
        externalParameters: {
          project: bundle.manifest.name,
          platform: bundle.platform,
          commands: bundle.manifest.commands.map(({ name, run }) => ({ name, run })),
          defaultCommand: bundle.manifest.defaultCommand,
        },
        internalParameters: { python: bundle.manifest.python },
        resolvedDependencies: [
          ...(commit === null
            ? []
            : [
                {
                  name: "the project's commit",
                  digest: { gitCommit: commit },
                  ...(modified === 0 ? {} : { annotations: { filesChangedSince: modified } }),
                },
              ]),
          ...(base === null
            ? []
            : [{ name: base.name, digest: { sha256: base.digest.replace("sha256:", "") } }]),
          ...(lock === null
            ? []
            : [
                {
                  name: lock.path.toWellFormed(),
                  digest: { sha256: sha256(lock.text) },
                  annotations: { role: "lock" },
                },
              ]),
          ...[...archive].map(([name, state]) => ({
            name: name.toWellFormed(),
            digest: { sha256: /^[0-9a-f]{64}/u.exec(state)?.[0] ?? sha256(state) },
          })),
          ...bundle.packages.map(({ name, version, sha256: content }) => ({
            name,
            uri: pypiPurl(name, version),
            digest: { sha256: content },
          })),
        ],
      },
      runDetails: { builder: { id: "urn:rung:builder:local", version: { rung: toolVersion } } },
      // A field of our own, as the specification lets vendors name them.
      rung_signed: false,
    },
  };
}
