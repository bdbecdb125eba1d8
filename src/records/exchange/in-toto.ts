import { pypiPurl } from "../../lock/index.ts";
import { ToolError } from "../../model/index.ts";
import type { AccountFile } from "./account-files.ts";
import type { Account } from "./account.ts";
import { defineRunFormat } from "./run-format.ts";

/**
 * An in-toto Statement v1 with a SLSA Provenance v1 predicate (https://slsa.dev/spec/v1.0/provenance): the outputs, and
 * what they were made from. It is unsigned: who signs it vouches for it.
 */
export const inToto = defineRunFormat({ id: "in-toto", fileName: "provenance.intoto.json", write });

type Descriptor = Readonly<Record<string, unknown>>;

function write(account: Account): string {
  const files = account.outputs.filter(isSubject).map((file) => descriptor(file, {}));
  const printed = account.streams.map(({ name, digest }): Descriptor => ({
    name,
    digest: { sha256: digest },
  }));
  // A run that leaves no file has made what it printed.
  const subjects = files.length > 0 ? files : printed.filter(({ name }) => name !== "stderr");
  if (subjects.length === 0) {
    throw new ToolError(
      "NOTHING_TO_EXPORT",
      `The run ${account.id.slice(0, 8)} of ${account.command} left nothing`,
      {
        hint: "An in-toto statement is about outputs. Export ro-crate or prov, which tell of the run itself.",
      },
    );
  }
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjects,
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "urn:rung:build-type:run:1",
        externalParameters: {
          project: account.project,
          command: account.command,
          kind: account.kind,
          line: account.line,
          ...(Object.keys(account.choices).length === 0 ? {} : { choices: account.choices }),
        },
        internalParameters: {
          python: account.python,
          platform: account.platform,
          isolation: account.isolation,
        },
        resolvedDependencies: dependencies(account),
      },
      runDetails: {
        builder: { id: "urn:rung:builder:local", version: { rung: account.toolVersion } },
        metadata: {
          invocationId: `urn:uuid:${account.id}`,
          startedOn: account.startedAt,
          finishedOn: account.endedAt,
        },
        byproducts: printed.filter((one) => !subjects.includes(one)),
      },
      // Fields of our own, as the specification lets vendors name them.
      rung_signed: false,
      rung_exitCode: account.exitCode,
      rung_error: account.error,
      rung_notObserved: account.unseen,
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}

/** A link's digest is that of its target's name, which no one who hashes the file gets. */
const isSubject = ({ digest, note }: AccountFile): boolean => digest !== null && note === null;

function dependencies({ git, lock, inputs, distributions }: Account): readonly Descriptor[] {
  return [
    ...(git === null
      ? []
      : [
          {
            name: "the project's commit",
            digest: { gitCommit: git.commit },
            ...(git.modified === 0 ? {} : { annotations: { filesChangedSince: git.modified } }),
          },
        ]),
    ...(lock === null
      ? []
      : [{ name: lock.path.toWellFormed(), digest: { sha256: lock.digest }, annotations: { role: "lock" } }]),
    ...inputs.map((file) => descriptor(file, { role: file.isCode ? "code" : "data" })),
    ...distributions.map(({ name, version }) => ({ name, uri: pypiPurl(name, version ?? "") })),
  ];
}

function descriptor(file: AccountFile, more: Readonly<Record<string, unknown>>): Descriptor {
  const { path, isOutside, digest, note } = file;
  const annotations = {
    ...more,
    ...(isOutside ? { outsideProject: true } : {}),
    ...(note === null ? {} : { note }),
  };
  return {
    name: path.toWellFormed(),
    ...(digest === null ? {} : { digest: { sha256: digest } }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
