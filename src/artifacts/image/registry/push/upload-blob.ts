import { ToolError } from "../../../../model/index.ts";
import type { Registry } from "../registry.ts";
import { piecesFrom } from "./pieces.ts";
import type { Sendable } from "./sendable.ts";
import { keptSession, type KeptSession } from "./kept-session.ts";

/** An upload as the registry keeps it (distribution-spec v1.1, "Pushing blobs"). */
interface Session {
  readonly location: string;
  /** Bytes that the registry has. */
  readonly offset: number;
}

/** What is smaller goes in one request. */
const smallBytes = 1 << 20;
/** Where a registry, or something before it, takes no large request. */
const chunkBytes = 32 << 20;
/** Breaks in a row after which nothing more had arrived. */
const fruitlessBreaks = 4;
/** How often a blob is begun anew, for registries that forget what had come. */
const mostStarts = 6;

/**
 * Sends a blob: after a broken connection, or a run that was killed, it goes on with what the registry lacks where that
 * says how far it came, and from the start where it does not. Throws ToolError REGISTRY_FAILED, NETWORK_UNAVAILABLE.
 */
export async function uploadBlob(
  registry: Registry,
  blob: Sendable,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const kept = keptSession(registry.reference, blob.digest);
  let session = await keptOffset(registry, kept, blob.size);
  let chunk = Number.POSITIVE_INFINITY;
  let furthest = session?.offset ?? 0;
  for (let [fruitless, starts] = [0, 0]; ;) {
    try {
      if (session === null) {
        starts += 1;
        session = await begin(registry);
        if (blob.size <= smallBytes) return await finish(registry, blob, session, onBytes);
        kept.keep(session.location);
      }
      while (session.offset < blob.size) {
        const end = Math.min(blob.size, session.offset + chunk);
        const next: Session | null = await sendPart(registry, blob, session, end, onBytes);
        if (next !== null) session = next;
        else if (chunk > chunkBytes) chunk = chunkBytes;
        else throw strange(registry, "takes nothing that large");
        kept.keep(session.location);
      }
      await finish(registry, blob, session, onBytes);
      kept.forget();
      return;
    } catch (error) {
      if (registry.ended.aborted || !isBroken(error)) throw error;
      if (session !== null) session = await stateOf(registry, session, blob.size);
      const offset = session?.offset ?? 0;
      fruitless = offset > furthest ? 0 : fruitless + 1;
      furthest = Math.max(furthest, offset);
      if (fruitless >= fruitlessBreaks || starts >= mostStarts)
        throw error instanceof Broken ? error.refusal : error;
      await new Promise((resolve) => setTimeout(resolve, 300 * (fruitless + 1)));
    }
  }
}

async function begin(registry: Registry): Promise<Session> {
  const url = registry.addresses.of("blobs/uploads/");
  const answer = await registry.ask(url, { method: "POST", body: nothing });
  if (answer.status !== 202) throw await registry.refuse(answer, url);
  return { location: locationOf(registry, answer, url), offset: 0 };
}

const nothing = { length: 0, pieces: () => [] };

/** Sends the bytes up to `end`; gives where that leads, null where they are too many at once. */
async function sendPart(
  registry: Registry,
  blob: Sendable,
  { location, offset }: Session,
  end: number,
  onBytes: (bytes: number) => void,
): Promise<Session | null> {
  const isWhole = offset === 0 && end === blob.size;
  const answer = await registry.ask(location, {
    method: "PATCH",
    once: true,
    headers: {
      "content-type": "application/octet-stream",
      // Some registries take a stream from the start only without it, as Docker sends it.
      ...(isWhole ? {} : { "content-range": `${offset}-${end - 1}` }),
    },
    body: { length: end - offset, pieces: () => piecesFrom(blob, offset, end, onBytes) },
  });
  if (answer.status === 413) {
    await answer.body?.cancel();
    return null;
  }
  if (answer.status !== 202) throw await brokenOrRefused(registry, answer, location);
  await answer.body?.cancel();
  const next = { location: locationOf(registry, answer, location), offset: rangeEnd(answer) ?? end };
  if (next.offset > offset && next.offset <= end) return next;
  throw new Broken(strange(registry, `has ${next.offset} bytes of ${blob.digest} after ${end} were sent`));
}

/** Ends the upload, with the bytes that are still missing. */
async function finish(
  registry: Registry,
  blob: Sendable,
  { location, offset }: Session,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const target = new URL(location);
  target.searchParams.set("digest", blob.digest);
  const length = blob.size - offset;
  const answer = await registry.ask(target.href, {
    method: "PUT",
    once: true,
    headers: { "content-type": "application/octet-stream" },
    body: length === 0 ? nothing : { length, pieces: () => piecesFrom(blob, offset, blob.size, onBytes) },
  });
  if (answer.status !== 201 && answer.status !== 204) throw await brokenOrRefused(registry, answer, location);
  await answer.body?.cancel();
}

/** How far an upload came, as the registry says; null where it does not know it any more. */
async function statusOf(registry: Registry, location: string, size: number): Promise<Session | null> {
  const answer = await registry.ask(location);
  await answer.body?.cancel();
  const offset = rangeEnd(answer);
  if (answer.status !== 204 || offset === null || offset > size) return null;
  const next = answer.headers.get("location");
  return { location: next === null ? location : registry.addresses.follow(location, next), offset };
}

/** As `statusOf`; what was known before where nobody answers. */
async function stateOf(registry: Registry, session: Session, size: number): Promise<Session | null> {
  try {
    return await statusOf(registry, session.location, size);
  } catch (error) {
    if (isBroken(error)) return session;
    throw error;
  }
}

/** What a killed run left half-way. */
async function keptOffset(registry: Registry, kept: KeptSession, size: number): Promise<Session | null> {
  const location = kept.find();
  if (location === null) return null;
  try {
    return await statusOf(registry, registry.addresses.follow(registry.addresses.origin, location), size);
  } catch {
    return null;
  }
}

/** Bytes that a registry has, by its Range header ("0-499"); "0-0" says that it has none. */
function rangeEnd(answer: Response): number | null {
  const last = /^(?:bytes=)?0-(\d{1,15})$/u.exec(answer.headers.get("range") ?? "")?.[1];
  if (last === undefined) return null;
  return last === "0" ? 0 : Number(last) + 1;
}

function locationOf(registry: Registry, answer: Response, url: string): string {
  const location = answer.headers.get("location");
  if (location !== null) return registry.addresses.follow(url, location);
  throw strange(registry, "does not say where to send a blob");
}

const strange = (registry: Registry, what: string): ToolError =>
  new ToolError("REGISTRY_FAILED", `${registry.reference.host} ${what}`, {
    hint: "Ask whoever keeps the registry.",
  });

/** An answer after which it helps to ask how far the upload is: an overloaded server's, or one with another state. */
class Broken extends Error {
  readonly refusal: ToolError;
  constructor(refusal: ToolError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

async function brokenOrRefused(registry: Registry, answer: Response, url: string): Promise<Error> {
  const refusal = await registry.refuse(answer, url);
  const mayPass = [404, 408, 416, 429].includes(answer.status) || answer.status >= 500;
  return mayPass ? new Broken(refusal) : refusal;
}

const isBroken = (error: unknown): boolean =>
  error instanceof Broken || (error instanceof ToolError && error.code === "NETWORK_UNAVAILABLE");
