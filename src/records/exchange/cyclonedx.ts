import { bomProject, bomText, pypiPurl } from "../../lock/index.ts";
import type { Account, AccountDistribution } from "./account.ts";
import { defineRunFormat } from "./run-format.ts";

/**
 * A bill of what the run really imported, CycloneDX 1.6 in JSON: distributions, each with the modules that were imported
 * and where they were found, and the Python. Who needs whom was not observed, so no dependencies are stated.
 */
export const cyclonedx = defineRunFormat({ id: "cyclonedx", fileName: "imported.cdx.json", write });

function write(account: Account): string {
  const { project, toolVersion, git, command, id, endedAt, platform, python, unseen } = account;
  return bomText({
    toolVersion,
    project: { name: project, ...(git === null ? {} : { version: git.commit }) },
    metadata: {
      timestamp: endedAt,
      lifecycles: [{ phase: "operations" }],
      properties: [
        ["rung:command", command],
        ["rung:run", id],
        ["rung:platform", platform],
        ...(git === null || git.modified === 0
          ? []
          : [["rung:files-changed-since-commit", String(git.modified)]]),
        ...unseen.map((what) => ["rung:not-observed", what]),
      ].map(([name, value]) => ({ name, value })),
    },
    components: [
      {
        type: "platform",
        "bom-ref": "python",
        name: "python",
        version: python,
        purl: `pkg:generic/python@${python}`,
      },
      ...account.distributions.map(component),
    ],
    // What was installed and not imported is not here.
    more: { compositions: [{ aggregate: "incomplete", assemblies: [bomProject] }] },
  });
}

function component({ name, version, modules }: AccountDistribution): Readonly<Record<string, unknown>> {
  const purl = pypiPurl(name, version ?? "");
  const places = modules.flatMap(({ name: symbol, file }) =>
    file === null ? [] : { location: file.toWellFormed(), symbol },
  );
  return {
    type: "library",
    "bom-ref": purl,
    name,
    ...(version === null ? {} : { version }),
    purl,
    ...(places.length === 0 ? {} : { evidence: { occurrences: places } }),
    properties: modules.map((module) => ({ name: "rung:imported-module", value: module.name })),
  };
}
