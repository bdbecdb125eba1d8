import { findProgram, runProcess } from "../../../../system/index.ts";
import { recordOf, textOf } from "../../read/json.ts";
import { authFiles, entriesFor, type Credentials } from "./docker-config.ts";

/** What is known for a registry, and where it was found; or why what should know it said nothing. */
export interface FoundCredentials {
  readonly credentials: Credentials | null;
  /** A file's path, or a helper's name. */
  readonly from: string | null;
  readonly failure: string | null;
}

/** A helper may ask the user to unlock something. */
const helperTimeoutMs = 2 * 60_000;

/** Looks where docker login, podman login and their like leave credentials. Never throws; never tells a secret. */
export async function findCredentials(
  repository: { readonly host: string; readonly repository: string },
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<FoundCredentials> {
  let failure: string | null = null;
  for (const entry of entriesFor(authFiles(variables), repository)) {
    if ("credentials" in entry) return { credentials: entry.credentials, from: entry.from, failure: null };
    const said = await askHelper(entry.helper, entry.server);
    if (typeof said !== "string")
      return { credentials: said, from: `docker-credential-${entry.helper}`, failure: null };
    if (said !== "") failure ??= said;
  }
  return { credentials: null, from: null, failure };
}

/** Asks `docker-credential-NAME get`; the reason where it failed, "" where it simply knows none. */
async function askHelper(name: string, server: string): Promise<Credentials | string> {
  const program = `docker-credential-${name.slice(0, 100)}`;
  const path = /^[\w.-]+$/u.test(name) ? findProgram(program) : null;
  if (path === null) return `${program} is not installed`;
  const result = await runProcess([path, "get"], { input: server, timeoutMs: helperTimeoutMs });
  const output = result.stdout.toString("utf8");
  if (result.exitCode !== 0) {
    // Helpers say on standard output that they know nothing.
    if (/credentials not found/iu.test(output)) return "";
    return result.timedOut
      ? `${program} did not answer`
      : `${program} failed with exit code ${result.exitCode}`;
  }
  try {
    const said = recordOf(JSON.parse(output));
    const [user, secret] = [textOf(said["Username"]) ?? "", textOf(said["Secret"]) ?? ""];
    if (secret === "") return "";
    return user === "<token>"
      ? { kind: "identity", user: "", token: secret }
      : { kind: "password", user, password: secret };
  } catch {
    return `${program} gave no JSON`;
  }
}
