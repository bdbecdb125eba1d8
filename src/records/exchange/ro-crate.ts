import type { Account, AccountFile } from "./account.ts";
import { uriPath } from "./hidden-paths.ts";
import { defineRunFormat } from "./run-format.ts";

/**
 * RO-Crate 1.1 in the profile Process Run Crate 0.5: https://w3id.org/ro/wfrun/process/0.5. The crate's root is the
 * project's. What lies outside of it is a contextual entity, since it is not part of the crate.
 */
export const roCrate = defineRunFormat({ id: "ro-crate", fileName: "ro-crate-metadata.json", write });

type Entity = Readonly<Record<string, unknown>>;

const profile = "https://w3id.org/ro/wfrun/process/0.5";
const specification = "https://w3id.org/ro/crate/1.1";
const python = "https://www.python.org/";

function write(account: Account): string {
  return crateText(account);
}

/** The crate's description. `streams` are the crate's own files with what was printed, by name; left out without them. */
export function crateText(account: Account, streams: readonly AccountFile[] = []): string {
  const outputs = [...account.outputs, ...streams];
  const made = new Set(outputs.map(fileId));
  // What a run changed is described once, as it left it.
  const files = [...account.inputs.filter((file) => !made.has(fileId(file))), ...outputs];
  const action = `#run-${account.id}`;
  const graph: readonly Entity[] = [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      conformsTo: { "@id": specification },
      about: { "@id": "./" },
    },
    {
      "@id": "./",
      "@type": "Dataset",
      conformsTo: { "@id": profile },
      name: `${account.project}: ${account.command}`,
      description: `One run of "${account.command}" of the project ${account.project}: what it took, and what it left.`,
      datePublished: account.endedAt,
      license: "The run's record states no license; see the project.",
      hasPart: refs(files.filter(({ isOutside }) => !isOutside).map(fileId)),
      mentions: refs([action]),
    },
    { "@id": profile, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
    actionEntity(account, action, outputs),
    {
      "@id": python,
      "@type": "SoftwareApplication",
      name: "Python",
      url: python,
      softwareVersion: account.python,
      softwareRequirements: refs(account.distributions.map(packageId)),
    },
    ...account.distributions.map((one) => ({
      "@id": packageId(one),
      "@type": "SoftwareApplication",
      name: one.name,
      url: packageId(one),
      ...(one.version === null ? {} : { softwareVersion: one.version }),
    })),
    ...files.map(fileEntity),
  ];
  const context = [`${specification}/context`, "https://w3id.org/ro/terms/workflow-run/context"];
  return `${JSON.stringify({ "@context": context, "@graph": graph }, null, 2)}\n`;
}

function actionEntity(account: Account, id: string, outputs: readonly AccountFile[]): Entity {
  const failed = account.error !== null;
  return {
    "@id": id,
    "@type": "CreateAction",
    name: `Run of ${account.command}`,
    description: descriptionOf(account),
    startTime: account.startedAt,
    endTime: account.endedAt,
    instrument: { "@id": python },
    object: refs(account.inputs.map(fileId)),
    result: refs(outputs.map(fileId)),
    actionStatus: { "@id": `http://schema.org/${failed ? "Failed" : "Completed"}ActionStatus` },
    ...(failed ? { error: account.error } : {}),
  };
}

function descriptionOf({ line, git, platform, isolation, unseen }: Account): string {
  const commit =
    git === null
      ? []
      : [`Git commit ${git.commit}${git.modified === 0 ? "" : `, with ${git.modified} changed files`}.`];
  const blind = unseen.length === 0 ? [] : [`Not seen: ${unseen.join("; ")}.`];
  return [line, ...commit, `On ${platform}; ${isolation}.`, ...blind].join("\n");
}

function fileEntity(file: AccountFile): Entity {
  const { path, isOutside, isCode, digest, size, note } = file;
  const notes = [
    ...(isOutside ? ["It lies outside the project and is no part of this crate."] : []),
    note ?? [],
  ].flat();
  return {
    "@id": fileId(file),
    "@type": isOutside ? "CreativeWork" : isCode ? ["File", "SoftwareSourceCode"] : "File",
    name: path.toWellFormed(),
    ...(notes.length === 0 ? {} : { description: notes.join(" ") }),
    ...(size === null ? {} : { contentSize: String(size) }),
    ...(digest === null ? {} : { sha256: digest }),
  };
}

function fileId({ path, isOutside }: AccountFile): string {
  return isOutside ? `#outside/${uriPath(path)}` : uriPath(path);
}

function packageId({ name, version }: Account["distributions"][number]): string {
  return `https://pypi.org/project/${name}/${version === null ? "" : `${encodeURIComponent(version)}/`}`;
}

function refs(ids: readonly string[]): readonly Entity[] {
  return ids.map((id) => ({ "@id": id }));
}
