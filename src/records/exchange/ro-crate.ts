import type { AccountFile } from "./account-files.ts";
import type { Account } from "./account.ts";
import { uriPath } from "./hidden-paths.ts";
import { mediaType } from "./media-type.ts";
import { defineRunFormat } from "./run-format.ts";

/**
 * RO-Crate 1.1 in the profile Process Run Crate 0.5: https://w3id.org/ro/wfrun/process/0.5. The crate's root is the
 * project's. What lies outside of it is a contextual entity, since it is not part of the crate.
 */
export const roCrate = defineRunFormat({ id: "ro-crate", fileName: "ro-crate-metadata.json", write });

type Entity = Readonly<Record<string, unknown>>;

const profile = "https://w3id.org/ro/wfrun/process/0.5";
const specification = "https://w3id.org/ro/crate/1.1";
const license = "#license";
const python = "https://www.python.org/";

function write(account: Account): string {
  return crateText(account, { streams: [], isThere: () => true });
}

/** What a crate has beside its description. */
export interface CrateFiles {
  /** Its own files with what was printed. */
  readonly streams: readonly AccountFile[];
  /** Whether a file of the run lies in the crate. What does not is told as no part of it. */
  readonly isThere: (file: AccountFile) => boolean;
}

/** Why a crate cannot hold a file; null where it can. */
export function canHold({ path, isOutside }: AccountFile): string | null {
  if (isOutside) return "it lies outside the project";
  if (path === roCrate.fileName) return "the crate's own description has that name";
  // Its URI would say the bytes, but readers of crates take them for UTF-8.
  return path.isWellFormed() ? null : "its name is not UTF-8";
}

/** The crate's description. */
export function crateText(account: Account, { streams, isThere }: CrateFiles): string {
  const isPart = (file: AccountFile): boolean => canHold(file) === null && isThere(file);
  const idOf = (file: AccountFile): string =>
    isPart(file) ? uriPath(file.path) : `#${file.isOutside ? "outside" : "absent"}/${uriPath(file.path)}`;
  const results = [...account.outputs, ...streams];
  const made = new Set(results.map(({ path }) => path));
  // What a run changed is described once, as it left it.
  const files = [...account.inputs.filter(({ path }) => !made.has(path)), ...results];
  const told = new Map(files.map((file) => [file.path, idOf(file)]));
  const idsOf = (some: readonly AccountFile[]): readonly string[] =>
    some.map((file) => told.get(file.path) ?? idOf(file));
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
      datePublished: withOffset(account.endedAt),
      license: { "@id": license },
      ...refs("hasPart", files.filter(isPart).map(idOf)),
      ...refs("mentions", [action]),
    },
    { "@id": profile, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
    {
      "@id": license,
      "@type": "CreativeWork",
      name: "The project's own license",
      description: "The record of a run states none.",
    },
    actionEntity(account, action, { object: idsOf(account.inputs), result: idsOf(results) }),
    {
      "@id": python,
      "@type": "SoftwareApplication",
      name: "Python",
      url: python,
      softwareVersion: account.python,
      ...refs("softwareRequirements", account.distributions.map(packageId)),
    },
    ...account.distributions.map((one) => ({
      "@id": packageId(one),
      "@type": "SoftwareApplication",
      name: one.name,
      url: packageId(one),
      ...(one.version === null ? {} : { softwareVersion: one.version }),
    })),
    ...files.map((file) => fileEntity(file, idOf(file), isPart(file))),
  ];
  const context = [`${specification}/context`, "https://w3id.org/ro/terms/workflow-run/context"];
  return `${JSON.stringify({ "@context": context, "@graph": graph }, null, 2)}\n`;
}

function actionEntity(
  account: Account,
  id: string,
  { object, result }: { readonly object: readonly string[]; readonly result: readonly string[] },
): Entity {
  const failed = account.error !== null;
  return {
    "@id": id,
    "@type": "CreateAction",
    name: `Run of ${account.command}`,
    description: descriptionOf(account),
    startTime: withOffset(account.startedAt),
    endTime: withOffset(account.endedAt),
    instrument: { "@id": python },
    ...refs("object", object),
    ...refs("result", result),
    actionStatus: `http://schema.org/${failed ? "Failed" : "Completed"}ActionStatus`,
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

function fileEntity(file: AccountFile, id: string, isPart: boolean): Entity {
  const { path, isOutside, digest, size, note } = file;
  const where = isOutside ? "It lies outside the project." : "It is no part of this crate.";
  const notes = [...(isPart ? [] : [where]), ...(note === null ? [] : [`${note}.`])];
  return {
    "@id": id,
    "@type": isPart ? "File" : "CreativeWork",
    name: path.toWellFormed(),
    ...(notes.length === 0 ? {} : { description: notes.join(" ") }),
    encodingFormat: mediaType(path),
    ...(size === null ? {} : { contentSize: String(size) }),
    ...(digest === null ? {} : { sha256: digest }),
  };
}

/** RO-Crate's readers ask for an offset in figures. */
function withOffset(time: string): string {
  return time.replace(/Z$/u, "+00:00");
}

function packageId({ name, version }: Account["distributions"][number]): string {
  return `https://pypi.org/project/${name}/${version === null ? "" : `${encodeURIComponent(version)}/`}`;
}

/** A property with references; RO-Crate writes one alone without a list, and none not at all. */
function refs(name: string, ids: readonly string[]): Entity {
  const all = ids.map((id) => ({ "@id": id }));
  return all.length === 0 ? {} : { [name]: all.length === 1 ? all[0] : all };
}
