import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";

/** Content that goes out in pieces; the memory of one may be used for the next. */
export interface Outgoing {
  /** In bytes: so many come. */
  readonly length: number;
  readonly pieces: Iterable<Uint8Array>;
}

/**
 * One request with content, and its answer. Node's own client rather than fetch, which copies each piece into memory that
 * the collector sees too late: hundreds of megabytes of a large upload. A server may answer before it has all.
 */
export async function sendContent(
  url: string,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
  { length, pieces }: Outgoing,
): Promise<Response> {
  const { method, headers, signal } = request;
  const client = url.startsWith("https:") ? https : http;
  const outgoing = client.request(url, { method, signal, headers: { ...headers, "content-length": length } });
  let isAnswered = false;
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    outgoing.once("response", (response) => {
      isAnswered = true;
      resolve(response);
    });
    outgoing.on("error", reject);
  });
  // Handled below, whenever it comes.
  answer.catch(() => {});
  try {
    for (const piece of pieces) {
      if (isAnswered || outgoing.destroyed) break;
      // Who has answered may read no more.
      await Promise.race([written(outgoing, piece), answer]);
    }
    outgoing.end();
  } catch (error) {
    // Where the connection broke, the answer fails with the reason; what the pieces throw is the caller's.
    if (!outgoing.destroyed) {
      outgoing.destroy();
      throw error;
    }
  }
  return asResponse(await answer);
}

/** Until the system has taken the piece. */
function written(outgoing: http.ClientRequest, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

function asResponse(message: http.IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at] ?? "", message.rawHeaders[at + 1] ?? "");
  const status = message.statusCode ?? 500;
  if (status !== 204 && status !== 304)
    return new Response(Readable.toWeb(message) as ReadableStream, { status, headers });
  message.resume();
  return new Response(null, { status, headers });
}
