import { idleWatch } from "./idle-watch.ts";
import { guarded, trustSystem } from "./network.ts";
import { sendContent, type Outgoing } from "./send-content.ts";

export interface Sending {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing where null. */
  readonly body: Outgoing | null;
  /** Ends the waiting for an answer and for its content; five minutes in which no piece went out end it in any case. */
  readonly signal?: AbortSignal;
}

/** Registries move a large blob to its place before they answer to its last piece. */
const idleMs = 5 * 60_000;

/**
 * One request and its answer, whatever the answer's status; redirects are handed to the caller, and nothing is asked twice.
 * Memory does not grow with what is sent. Throws ToolError NETWORK_UNAVAILABLE where no answer came, and what the pieces
 * throw.
 */
export async function exchange(
  url: string,
  { method, headers, body, signal: given }: Sending,
): Promise<Response> {
  trustSystem();
  const idle = idleWatch(idleMs);
  const signal = given === undefined ? idle.signal : AbortSignal.any([idle.signal, given]);
  const all = { "user-agent": "rung", ...headers };
  let failure: unknown = null;
  function* alive(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
    try {
      for (const piece of pieces) {
        idle.alive();
        yield piece;
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  try {
    return await guarded(url, () =>
      body === null || body.length === 0
        ? fetch(url, { method, headers: all, redirect: "manual", signal })
        : sendContent(url, { method, headers: all, signal }, { ...body, pieces: alive(body.pieces) }),
    );
  } catch (error) {
    // What went wrong with our own content is no fault of the network.
    throw failure ?? error;
  } finally {
    idle.stop();
  }
}

/** The content of an answer; null where it has more than `atMost` bytes, of which no more are read. */
export async function boundedBody(response: Response, url: string, atMost: number): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const { body } = response;
  if (body === null) return Buffer.alloc(0);
  if (Number(response.headers.get("content-length") ?? 0) > atMost) {
    await body.cancel();
    return null;
  }
  return guarded(url, async () => {
    for await (const piece of body) {
      const part = piece as Uint8Array;
      bytes += part.length;
      // Leaving the loop closes the connection.
      if (bytes > atMost) return null;
      pieces.push(part);
    }
    return Buffer.concat(pieces);
  });
}
