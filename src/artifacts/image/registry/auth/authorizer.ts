import { ToolError } from "../../../../model/index.ts";
import { boundedBody, exchange } from "../../../../system/index.ts";
import { recordOf, textOf } from "../../read/json.ts";
import type { Addresses } from "../addresses.ts";
import { parseChallenges, type Challenge } from "./challenge.ts";
import { findCredentials, type FoundCredentials } from "./credentials.ts";

/** Knows what to show a registry, and what it wants to see. */
export interface Authorizer {
  /** The Authorization header to show for these scopes; null where none is known to be needed. */
  header(scopes: readonly string[]): string | null;
  /**
   * Takes a registry's "not without" (WWW-Authenticate), and gets what it asks for; false where nothing else is to be had.
   * Throws ToolError REGISTRY_FAILED or NETWORK_UNAVAILABLE.
   */
  meet(challenges: string, url: string, scopes: readonly string[]): Promise<boolean>;
  /** Where the credentials come from that were shown; null where none were. */
  shown(): FoundCredentials | null;
  /** A text of the registry's, with nothing in it that is ours to keep. */
  scrub(text: string): string;
}

interface Token {
  readonly header: string;
  readonly goodUntil: number;
}

const mostTokenBytes = 1 << 20;
const tokenTimeoutMs = 60_000;
/** What the token specification says where the server does not. */
const usualSeconds = 60;
const leastSecretLetters = 4;

/** For one repository: its credentials are looked up once, when they are first asked for. */
export function authorizer(
  repository: { readonly host: string; readonly repository: string },
  addresses: Addresses,
  variables: Readonly<Record<string, string | undefined>>,
): Authorizer {
  const tokens = new Map<string, Token>();
  const secrets = new Set<string>();
  let basic: string | null = null;
  let found: FoundCredentials | null = null;

  const keepSecret = (...texts: readonly string[]): void => {
    for (const text of texts) if (text.length >= leastSecretLetters) secrets.add(text);
  };
  const lookUp = async (): Promise<FoundCredentials> => {
    found ??= await findCredentials(repository, variables);
    const { credentials } = found;
    if (credentials?.kind === "password") keepSecret(credentials.password, basicOf(credentials));
    else if (credentials !== null) keepSecret(credentials.token);
    return found;
  };

  const token = async (
    challenge: Challenge,
    url: string,
    scopes: readonly string[],
  ): Promise<Token | null> => {
    const { realm = "", service } = challenge.parameters;
    const { credentials } = await lookUp();
    const until = (seconds: number): number => performance.now() + 1000 * seconds * 0.9;
    if (credentials?.kind === "bearer")
      return { header: `Bearer ${credentials.token}`, goodUntil: Number.POSITIVE_INFINITY };
    const wanted = new Set(scopes);
    const own = `repository:${repository.repository}:`;
    for (const scope of challenge.parameters["scope"]?.split(" ") ?? [])
      if (scope.startsWith(own)) wanted.add(scope);
    const query = new URLSearchParams(service === undefined ? {} : { service });
    const target = new URL(addresses.follow(url, realm));
    const isIdentity = credentials?.kind === "identity";
    if (isIdentity) {
      query.set("scope", [...wanted].join(" "));
      query.set("grant_type", "refresh_token");
      query.set("client_id", "rung");
      query.set("refresh_token", credentials.token);
    } else {
      for (const scope of wanted) query.append("scope", scope);
      for (const [name, value] of query) target.searchParams.append(name, value);
    }
    const form = Buffer.from(query.toString());
    const response = await exchange(target.href, {
      method: isIdentity ? "POST" : "GET",
      headers: {
        accept: "application/json",
        ...(isIdentity ? { "content-type": "application/x-www-form-urlencoded" } : {}),
        ...(credentials?.kind === "password" ? { authorization: `Basic ${basicOf(credentials)}` } : {}),
      },
      body: isIdentity ? { length: form.length, pieces: [form] } : null,
      signal: AbortSignal.timeout(tokenTimeoutMs),
    });
    const body = await boundedBody(response, target.href, mostTokenBytes);
    if (response.status === 401 || response.status === 403 || response.status === 400) return null;
    const said = jsonOf(response.ok ? body : null);
    const given = textOf(said["token"]) || textOf(said["access_token"]);
    if (!given) {
      throw new ToolError(
        "REGISTRY_FAILED",
        `${target.host}, which hands out the tokens of ${repository.host}, answered HTTP ${response.status} and no token`,
        { hint: "Try again later." },
      );
    }
    keepSecret(given);
    const seconds = Number(said["expires_in"] ?? usualSeconds);
    return { header: `Bearer ${given}`, goodUntil: until(Number.isFinite(seconds) ? seconds : usualSeconds) };
  };

  return {
    header(scopes) {
      const known = tokens.get(scopes.join(" "));
      return known !== undefined && known.goodUntil > performance.now() ? known.header : basic;
    },
    async meet(challenges, url, scopes) {
      const asked = parseChallenges(challenges);
      const bearer = asked.find(
        ({ scheme, parameters }) => scheme === "bearer" && parameters["realm"] !== undefined,
      );
      if (bearer !== undefined) {
        const given = await token(bearer, url, scopes);
        if (given !== null) tokens.set(scopes.join(" "), given);
        return given !== null;
      }
      const { credentials } = await lookUp();
      if (!asked.some(({ scheme }) => scheme === "basic") || credentials?.kind !== "password") return false;
      const header = `Basic ${basicOf(credentials)}`;
      // It was shown already.
      if (basic === header) return false;
      basic = header;
      return true;
    },
    shown: () => found,
    scrub: (text) => [...secrets].reduce((clean, secret) => clean.replaceAll(secret, "***"), text),
  };
}

const basicOf = ({ user, password }: { readonly user: string; readonly password: string }): string =>
  Buffer.from(`${user}:${password}`).toString("base64");

function jsonOf(body: Buffer | null): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(body?.toString("utf8") ?? ""));
  } catch {
    return {};
  }
}
