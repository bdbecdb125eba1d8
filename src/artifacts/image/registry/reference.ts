import { ToolError } from "../../../model/index.ts";
import { isDigest } from "../read/checked-json.ts";

/** What an image in a registry is called. */
export interface Reference {
  /** "docker.io", "localhost:5000": as people write it. */
  readonly host: string;
  /** "library/debian". */
  readonly repository: string;
  /** "latest" where neither a tag nor a digest was given; null where only a digest was. */
  readonly tag: string | null;
  /** "sha256:…" */
  readonly digest: string | null;
}

const mostLetters = 255;

/**
 * A reference `[HOST[:PORT]/]NAME[:TAG][@sha256:…]`, read as Docker reads it: the first part is a host where it has a dot or
 * a colon or is "localhost"; docker.io otherwise, and "library/" before a name of one part. "docker://" may stand before it.
 * Throws ToolError USAGE.
 */
export function parseReference(text: string): Reference {
  const wrong = (why: string): ToolError =>
    new ToolError("USAGE", `"${text.slice(0, 300)}" is no reference to an image: ${why}`, {
      hint: "Write [HOST[:PORT]/]NAME[:TAG][@sha256:…], such as ghcr.io/lab/paper:1.0.",
    });
  const plain = text.replace(/^docker:\/\//u, "");
  const at = plain.indexOf("@");
  const digest = at < 0 ? null : plain.slice(at + 1);
  if (digest !== null && !isDigest(digest)) throw wrong("behind the @ stands no sha256 digest");
  const named = at < 0 ? plain : plain.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  // "localhost:5000" alone is a name and a tag.
  const tag = colon < 0 ? null : named.slice(colon + 1);
  if (tag !== null && !/^\w[\w.-]{0,127}$/u.test(tag)) throw wrong(`"${tag.slice(0, 100)}" is no tag`);
  const { host, repository } = splitHost(colon < 0 ? named : named.slice(0, colon));
  if (!isHost(host)) throw wrong(`"${host.slice(0, 100)}" is no host`);
  if (repository.length > mostLetters) throw wrong(`its name has more than ${mostLetters} letters`);
  const part = repository.split("/").find((one) => !isNamePart(one));
  if (part === "") throw wrong("a part of its name is empty");
  if (part !== undefined && part !== part.toLowerCase())
    throw wrong(`names are in small letters, and "${part}" is not`);
  if (part !== undefined) throw wrong(`"${part}" is no part of a name`);
  return { host, repository, tag: tag ?? (digest === null ? "latest" : null), digest };
}

/** The reference in full, as it can be read again. */
export function referenceText({ host, repository, tag, digest }: Reference): string {
  return `${host}/${repository}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
}

function splitHost(name: string): { readonly host: string; readonly repository: string } {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isNamed = /[.:]/u.test(first) || first === "localhost" || first !== first.toLowerCase();
  const host = isNamed ? first : "docker.io";
  const repository = isNamed ? name.slice(slash + 1) : name;
  if (host !== "docker.io" && host !== "index.docker.io") return { host, repository };
  return { host: "docker.io", repository: repository.includes("/") ? repository : `library/${repository}` };
}

const isHost = (host: string): boolean =>
  host.length <= mostLetters &&
  /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::\d{1,5})?$/u.test(host);

const isNamePart = (part: string): boolean => /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/u.test(part);
