import tls from "node:tls";
import { ToolError } from "../model/index.ts";
import { sha256, writeAtomic } from "./files.ts";

export interface Page {
  /** Where it was in the end, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const timeoutMs = 60_000;
const attempts = 3;

/**
 * The text at a URL. An HTTP error status is a value; ToolError NETWORK_UNAVAILABLE where no answer came.
 * Proxies are those of Node (NODE_USE_ENV_PROXY); certificate authorities its own (NODE_EXTRA_CA_CERTS) and the system's.
 */
export async function fetchPage(url: string, accept = "*/*"): Promise<Page> {
  const response = await request(url, { accept });
  const contentType = response.headers.get("content-type") ?? "";
  return {
    url: response.url || url,
    status: response.status,
    contentType,
    text: await bodyOf(response, url),
  };
}

/** The JSON at a URL, unchecked. Throws ToolError DOWNLOAD_FAILED where the answer is no JSON or an HTTP error. */
export async function fetchJson(url: string, accept = "application/json"): Promise<unknown> {
  const page = await fetchPage(url, accept);
  if (page.status !== 200)
    throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} answered HTTP ${page.status}`);
  try {
    return JSON.parse(page.text);
  } catch (cause) {
    throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} did not answer with JSON`, { cause });
  }
}

/**
 * The bytes at a URL, written to `to` (atomically) only when their sha256 (hex) is the one expected.
 * Where more than `atMost` bytes are announced, nothing is fetched. Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function download(
  url: string,
  to: string,
  expected: { readonly sha256: string; readonly atMost?: number },
): Promise<void> {
  const response = await request(url, {});
  if (!response.ok) {
    throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} answered HTTP ${response.status}`);
  }
  if (Number(response.headers.get("content-length") ?? 0) > (expected.atMost ?? Number.POSITIVE_INFINITY)) {
    await response.body?.cancel();
    throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} is larger than ${expected.atMost} bytes`);
  }
  const bytes = await guarded(url, async () => Buffer.from(await response.arrayBuffer()));
  const found = sha256(bytes);
  if (found !== expected.sha256) {
    throw new ToolError(
      "DOWNLOAD_FAILED",
      `${withoutSecrets(url)} has sha256 ${found}, expected ${expected.sha256}`,
      {
        hint: "The index or something before it serves another file under this name. Nothing of it was used.",
      },
    );
  }
  writeAtomic(to, bytes);
}

/**
 * The last bytes at a URL (RFC 9110, suffix ranges), with the length of the whole; all of it where it is shorter. Null
 * where the server answers with an error, or would send the whole of something longer. Throws ToolError NETWORK_UNAVAILABLE.
 */
export async function fetchTail(
  url: string,
  length: number,
): Promise<{ readonly bytes: Buffer; readonly total: number } | null> {
  const response = await request(url, { range: `bytes=-${length}`, "accept-encoding": "identity" });
  const announced = Number(response.headers.get("content-length") ?? Number.NaN);
  if (!response.ok || !(announced <= length)) {
    await response.body?.cancel();
    return null;
  }
  const bytes = await guarded(url, async () => Buffer.from(await response.arrayBuffer()));
  const range = /\/(\d{1,15})$/u.exec(response.headers.get("content-range") ?? "")?.[1];
  return { bytes, total: range === undefined ? bytes.length : Number(range) };
}

let trusting = false;

/** Trusts the system's authorities beside Node's own, once: not at the start of Node, where it would cost 100 ms. For
 *  this room alone. */
export function trustSystem(): void {
  if (trusting) return;
  trusting = true;
  // Node knows this from 24.5 on; without it NODE_EXTRA_CA_CERTS is the way.
  const own = tls.getCACertificates("default");
  tls.setDefaultCACertificates?.([...new Set([...own, ...tls.getCACertificates("system")])]);
}

/** An answer, asked for up to three times. `abort` ends it; a minute for all of it where left out. For this room alone. */
export async function request(
  url: string,
  headers: Record<string, string>,
  abort?: AbortSignal,
): Promise<Response> {
  trustSystem();
  const target = new URL(url);
  const all: Record<string, string> = { "user-agent": "rung", ...headers };
  if (target.username !== "") {
    const pair = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
    all["authorization"] = `Basic ${Buffer.from(pair).toString("base64")}`;
    target.username = "";
    target.password = "";
  }
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === attempts;
    const response = await answer(isLast);
    if (response !== null && (isLast || (response.status < 500 && response.status !== 429))) return response;
    await response?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 300 * attempt));
  }

  /** Null where none came: a connection that was too slow once may be quick the next time. */
  async function answer(isLast: boolean): Promise<Response | null> {
    try {
      return await guarded(url, () =>
        fetch(target, { headers: all, signal: abort ?? AbortSignal.timeout(timeoutMs) }),
      );
    } catch (error) {
      if (isLast || !isPassing(error)) throw error;
      return null;
    }
  }
}

/** Whether a fault comes of load or a broken connection, rather than of an address that nobody answers at. */
export function isPassing(error: unknown): boolean {
  return error instanceof ToolError && /TIMEOUT|timeout|ECONNRESET|EPIPE|UND_ERR_SOCKET/u.test(error.message);
}

const bodyOf = (response: Response, url: string): Promise<string> => guarded(url, () => response.text());

/** Turns what fetch throws into ToolError NETWORK_UNAVAILABLE. For this room alone. */
export async function guarded<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ToolError) throw cause;
    throw new ToolError("NETWORK_UNAVAILABLE", `No answer from ${new URL(url).host}: ${reasonOf(cause)}`, {
      cause,
      hint:
        "Check the connection. Behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1; behind an authority of " +
        "your own set NODE_EXTRA_CA_CERTS.",
    });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause as NodeJS.ErrnoException | undefined;
  return inner?.code ?? inner?.message ?? (cause as NodeJS.ErrnoException).code ?? cause.message;
}

/** A URL without the user name and password that it may carry: for messages. */
export function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/@\s]+@/u, "//");
}
