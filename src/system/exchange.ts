import { idleWatch } from "./idle-watch.ts";
import { guarded, trustSystem } from "./network.ts";

/** A request whose content goes out in pieces. */
export interface Sending {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes, and the content in pieces; nothing where null. */
  readonly body: { readonly length: number; readonly pieces: Iterable<Uint8Array> } | null;
  /** Ends the waiting for an answer and for its content; without it, five minutes without a piece going out do. */
  readonly signal?: AbortSignal;
}

/** Registries move a large blob to its place before they answer to its last piece. */
const idleMs = 5 * 60_000;

/**
 * One request and its answer, whatever the answer's status; redirects are handed to the caller, and nothing is asked twice.
 * A length is announced, and memory does not grow with it. Throws ToolError NETWORK_UNAVAILABLE where no answer came, and
 * what the pieces throw.
 */
export async function exchange(url: string, { method, headers, body, signal }: Sending): Promise<Response> {
  trustSystem();
  const idle = idleWatch(idleMs);
  let failure: unknown = null;
  async function* pieces(content: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of content) {
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
      fetch(url, {
        method,
        headers: {
          "user-agent": "rung",
          ...headers,
          ...(body === null ? {} : { "content-length": String(body.length) }),
        },
        redirect: "manual",
        signal: signal === undefined ? idle.signal : AbortSignal.any([idle.signal, signal]),
        ...(body === null ? {} : { body: pieces(body.pieces), duplex: "half" as const }),
      }),
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
