import { pypiPurl } from "../../lock/index.ts";
import type { AccountFile } from "./account-files.ts";
import type { Account, AccountProcess } from "./account.ts";
import { uriPath } from "./hidden-paths.ts";
import { defineRunFormat } from "./run-format.ts";

/**
 * W3C PROV in its JSON form (https://www.w3.org/submissions/prov-json/). The run is an activity, and so is each process.
 * A file is one entity before the run and another after it. What one process alone touched is said of that process,
 * the rest of the run as a whole. That an output derives from an input is nowhere claimed.
 */
export const prov = defineRunFormat({ id: "prov", fileName: "prov.json", write });

type Attributes = Readonly<Record<string, unknown>>;

/** A relation, as its record's name and its attributes. */
type Relation = readonly [kind: string, attributes: Attributes];

const runId = "rung-run:activity";
const python = "rung-run:python";
const rung = "rung-run:rung";

function write(account: Account): string {
  const run = `urn:uuid:${account.id}`;
  const document = {
    prefix: {
      prov: "http://www.w3.org/ns/prov#",
      xsd: "http://www.w3.org/2001/XMLSchema#",
      rung: "urn:rung:terms:",
      "rung-run": `${run}#`,
      before: `${run}#before/`,
      after: `${run}#after/`,
      process: `${run}#process/`,
      package: "pkg:pypi/",
      git: `${run}#commit/`,
    },
    entity: Object.fromEntries(entities(account)),
    activity: Object.fromEntries(activities(account)),
    agent: {
      [python]: software("Python", account.python),
      [rung]: software("rung", account.toolVersion),
    },
    ...recordsOf(relations(account)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function entities(account: Account): readonly (readonly [string, Attributes])[] {
  const { git } = account;
  return [
    ...account.inputs.map((file) => [before(file), fileAttributes(file)] as const),
    ...account.deleted
      .map(deletedFile)
      .filter((path) => !account.inputs.some((file) => before(file) === path))
      .map((path) => [path, { "prov:type": term("File") }] as const),
    ...account.outputs.map((file) => [after(file), fileAttributes(file)] as const),
    ...account.streams.map(
      ({ name, digest, size }) =>
        [
          `rung-run:${name}`,
          {
            "prov:label": name,
            "prov:type": term("Stream"),
            "rung:sha256": digest,
            ...(size === null ? {} : { "rung:size": size }),
          },
        ] as const,
    ),
    ...account.distributions.map(
      (one) =>
        [
          packageId(one),
          {
            "prov:label": one.name,
            "prov:type": term("Distribution"),
            ...(one.version === null ? {} : { "rung:version": one.version }),
          },
        ] as const,
    ),
    ...(git === null
      ? []
      : [
          [
            `git:${git.commit}`,
            { "prov:type": term("GitCommit"), "rung:filesChangedSince": git.modified },
          ] as const,
        ]),
  ];
}

function activities(account: Account): readonly (readonly [string, Attributes])[] {
  const end = {
    ...(account.exitCode === null ? {} : { "rung:exitCode": account.exitCode }),
    ...(account.error === null ? {} : { "rung:error": account.error }),
  };
  const whole = {
    "prov:startTime": account.startedAt,
    "prov:endTime": account.endedAt,
    "prov:label": `${account.project}: ${account.command}`,
    "prov:type": term("Run"),
    "rung:line": account.line,
    "rung:platform": account.platform,
    "rung:isolation": account.isolation,
    ...end,
    ...(account.unseen.length === 0 ? {} : { "rung:notObserved": account.unseen }),
  };
  const processes = account.processes.map(
    (one) =>
      [
        processId(one.id),
        {
          "prov:startTime": one.startedAt,
          ...(one.endedAt === null ? {} : { "prov:endTime": one.endedAt }),
          "prov:label": one.line,
          "prov:type": term("Process"),
          ...(one.exitCode === null ? {} : { "rung:exitCode": one.exitCode }),
        },
      ] as const,
  );
  return [[runId, whole], ...processes];
}

function relations(account: Account): readonly Relation[] {
  const { inputs, outputs, processes, streams, distributions, deleted, git } = account;
  const ids = new Set(processes.map(({ id }) => id));
  const used = (activity: string, entity: string): Relation => [
    "used",
    { "prov:activity": activity, "prov:entity": entity },
  ];
  const generated = (entity: string, activity: string): Relation => [
    "wasGeneratedBy",
    { "prov:entity": entity, "prov:activity": activity },
  ];
  const who = (file: AccountFile): string => {
    const [only, ...others] = file.processes;
    return only === undefined || others.length > 0 || !ids.has(only) ? runId : processId(only);
  };
  // Who only read a file can be told of several processes; who of several wrote it cannot.
  const readers = (file: AccountFile): readonly string[] => {
    const known = file.processes.filter((id) => ids.has(id)).map(processId);
    return file.note === null && known.length > 0 ? known : [who(file)];
  };
  return [
    ...inputs.flatMap((file) => readers(file).map((id) => used(id, before(file)))),
    ...distributions.map((one) => used(runId, packageId(one))),
    ...(git === null ? [] : [used(runId, `git:${git.commit}`)]),
    ...outputs.map((file) => generated(after(file), who(file))),
    ...streams.map(({ name }) => generated(`rung-run:${name}`, runId)),
    ...deleted.map((path): Relation => [
      "wasInvalidatedBy",
      { "prov:entity": deletedFile(path), "prov:activity": runId },
    ]),
    ["wasAssociatedWith", { "prov:activity": runId, "prov:agent": rung }],
    ...processes.flatMap((one) => [started(one, ids), ...ranBy(one)]),
  ];
}

function started({ id, parent, startedAt }: AccountProcess, ids: ReadonlySet<string>): Relation {
  const starter = parent === null || !ids.has(parent) ? runId : processId(parent);
  return [
    "wasStartedBy",
    { "prov:activity": processId(id), "prov:starter": starter, "prov:time": startedAt },
  ];
}

function ranBy({ id, python: version }: AccountProcess): readonly Relation[] {
  return version === null
    ? []
    : [["wasAssociatedWith", { "prov:activity": processId(id), "prov:agent": python }]];
}

/** Relations by kind, each under a blank name of its own. */
function recordsOf(all: readonly Relation[]): Attributes {
  const kinds = Map.groupBy(all, ([kind]) => kind);
  return Object.fromEntries(
    Array.from(kinds, ([kind, ofKind]) => [
      kind,
      Object.fromEntries(ofKind.map(([, attributes], at) => [`_:${kind}${at + 1}`, attributes])),
    ]),
  );
}

function fileAttributes({ path, isOutside, digest, size, note }: AccountFile): Attributes {
  return {
    "prov:label": path.toWellFormed(),
    "prov:type": term("File"),
    ...(isOutside ? { "rung:outsideProject": true } : {}),
    ...(digest === null ? {} : { "rung:sha256": digest }),
    ...(size === null ? {} : { "rung:size": size }),
    ...(note === null ? {} : { "rung:note": note }),
  };
}

const software = (name: string, version: string): Attributes => ({
  "prov:type": { $: "prov:SoftwareAgent", type: "prov:QUALIFIED_NAME" },
  "prov:label": name,
  "rung:version": version,
});

const term = (name: string): Attributes => ({ $: `rung:${name}`, type: "prov:QUALIFIED_NAME" });
const before = (file: AccountFile): string => `before:${place(file)}`;
const after = (file: AccountFile): string => `after:${place(file)}`;
const deletedFile = (path: string): string => `before:tree/${uriPath(path)}`;
const processId = (id: string): string => `process:${encodeURIComponent(id)}`;
const place = ({ path, isOutside }: AccountFile): string =>
  `${isOutside ? "outside" : "tree"}/${uriPath(path)}`;
const packageId = ({ name, version }: Account["distributions"][number]): string =>
  `package:${pypiPurl(name, version ?? "").slice("pkg:pypi/".length)}`;
