import { ToolError } from "../../../model/index.ts";
import { boundedBody, exchange, isPassing } from "../../../system/index.ts";
import { addressesOf, type Addresses } from "./addresses.ts";
import { authorizer } from "./auth/authorizer.ts";
import type { Reference } from "./reference.ts";
import { refusal, retryAfterSeconds } from "./refusal.ts";

export interface RegistryOptions {
  /** Speak http with hosts other than this machine, too. */
  readonly plainHttp: boolean;
  readonly progress: (message: string) => void;
  /** Where credentials are looked for; this process's own where left out. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

export interface Call {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly length: number; pieces(): Iterable<Uint8Array> };
  /** Other repositories whose content is wanted beside it, to read. */
  readonly beside?: readonly string[];
  /** The answer is the caller's to judge, whatever went wrong: nothing is asked twice for it but with a new token. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/** A repository in a registry (OCI distribution-spec v1.1). */
export interface Registry {
  readonly reference: Reference;
  readonly addresses: Addresses;
  /**
   * The answer to a call, whatever its status but 401. Redirects are followed for reading; credentials are shown to the
   * registry alone. Throws ToolError NETWORK_UNAVAILABLE or REGISTRY_FAILED.
   */
  ask(url: string, call?: Call): Promise<Response>;
  /** What an answer holds. Throws ToolError REGISTRY_FAILED where it is longer than `atMost` bytes. */
  body(response: Response, url: string, atMost: number): Promise<Buffer>;
  /** For an answer that cannot be used. */
  refuse(response: Response, url: string): Promise<ToolError>;
  /** Aborted once nothing more is wanted of it. */
  readonly ended: AbortSignal;
  /** Ends all that is under way. */
  [Symbol.dispose](): void;
}

const attempts = 4;
const mostRedirects = 5;
/** A longer wait is the user's to choose. */
const longestWaitSeconds = 30;
const timeoutMs = 60_000;

export function openRegistry(
  reference: Reference,
  actions: "pull" | "push",
  { plainHttp, progress, variables = process.env }: RegistryOptions,
): Registry {
  const { host, repository } = reference;
  const addresses = addressesOf(reference, plainHttp);
  const auth = authorizer(reference, addresses, variables);
  const occasion = { reference, what: actions === "push" ? "push to" : "pull from", authorizer: auth };
  const own = `repository:${repository}:${actions === "push" ? "pull,push" : "pull"}`;

  const end = new AbortController();

  const send = (url: string, call: Call, header: string | null): Promise<Response> =>
    exchange(url, {
      method: call.method ?? "GET",
      headers: { ...call.headers, ...(header === null ? {} : { authorization: header }) },
      body: call.body === undefined ? null : { length: call.body.length, pieces: call.body.pieces() },
      signal: call.signal === undefined ? end.signal : AbortSignal.any([end.signal, call.signal]),
    });

  /** Once more where that may help: after a broken connection, an overloaded server, a wait that is asked for. */
  const patiently = async (url: string, call: Call, header: string | null): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = call.once === true || attempt === attempts;
      let wait = 0.3 * attempt;
      try {
        const response = await send(url, withTimeout(call), header);
        const asked = retryAfterSeconds(response);
        const isBusy = response.status === 429 || response.status >= 500;
        if (isLast || !isBusy || (asked ?? 0) > longestWaitSeconds) return response;
        await response.body?.cancel();
        wait = asked ?? wait;
        if (asked !== null) progress(`${host} asks for a pause of ${Math.ceil(asked)} seconds`);
      } catch (error) {
        if (isLast || end.signal.aborted || !isPassing(error)) throw explained(error, host);
      }
      await new Promise((resolve) => setTimeout(resolve, 1000 * wait));
    }
  };

  const ask = async (first: string, call: Call = {}): Promise<Response> => {
    const scopes = [own, ...(call.beside ?? []).map((name) => `repository:${name}:pull`)];
    const isReading = call.method === undefined || call.method === "GET" || call.method === "HEAD";
    let url = first;
    for (let [redirects, challenged] = [0, false]; ;) {
      const isOwn = new URL(url).origin === new URL(addresses.origin).origin;
      const response = await patiently(url, call, isOwn ? auth.header(scopes) : null);
      const location = response.headers.get("location");
      if (isReading && [301, 302, 303, 307, 308].includes(response.status) && location !== null) {
        await response.body?.cancel();
        redirects += 1;
        if (redirects > mostRedirects) {
          throw new ToolError("REGISTRY_FAILED", `${host} sends us around in a circle`, {
            hint: "Ask whoever keeps the registry.",
          });
        }
        url = addresses.follow(url, location);
        continue;
      }
      if (response.status !== 401 || !isOwn) return response;
      const challenge = response.headers.get("www-authenticate") ?? "";
      if (challenged || !(await auth.meet(challenge, url, scopes)))
        throw await refusal(response, url, occasion);
      challenged = true;
      await response.body?.cancel();
    }
  };

  return {
    reference,
    addresses,
    ended: end.signal,
    ask,
    refuse: (response, url) => refusal(response, url, occasion),
    [Symbol.dispose]: () => end.abort(new Error("it is not wanted any more")),
    async body(response, url, atMost) {
      const body = await boundedBody(response, url, atMost);
      if (body !== null) return body;
      throw new ToolError(
        "REGISTRY_FAILED",
        `${host} answers with more than ${atMost} bytes where few belong`,
        {
          hint: "Nothing of it was used. Ask whoever keeps the registry.",
        },
      );
    },
  };
}

/** What is sent may take long, what is asked may not; a caller with a signal of its own knows better. */
function withTimeout(call: Call): Call {
  return call.body !== undefined || call.signal !== undefined
    ? call
    : { ...call, signal: AbortSignal.timeout(timeoutMs) };
}

/** A failed start of encryption, with what helps against it. */
function explained(error: unknown, host: string): unknown {
  if (!(error instanceof ToolError) || error.code !== "NETWORK_UNAVAILABLE") return error;
  const hint = /SSL|TLS|EPROTO/u.test(error.message)
    ? `${host} may not speak https. Where you trust the network between, use --plain-http.`
    : /CERT|SIGNATURE|SELF_SIGNED|ISSUER/u.test(error.message)
      ? "Its certificate is not trusted here: name the authority's certificate in NODE_EXTRA_CA_CERTS."
      : error.hint;
  return new ToolError(error.code, error.message, { cause: error, ...(hint === undefined ? {} : { hint }) });
}
