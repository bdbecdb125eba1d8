import { homedir } from "node:os";
import { exists, joinPath, readText } from "../../../../system/index.ts";
import { recordOf, textOf, type Json } from "../../read/json.ts";

/** What a file of credentials says of a registry. */
export type Credentials =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** A token that only buys others (OAuth 2). */
  | { readonly kind: "identity"; readonly user: string; readonly token: string }
  /** A token that is sent as it is. */
  | { readonly kind: "bearer"; readonly token: string };

/** A file of credentials that is there and is JSON. */
interface AuthFile {
  readonly path: string;
  readonly content: Json;
}

/** What is to be asked, or said, for a registry. */
export type Entry =
  | { readonly from: string; readonly credentials: Credentials }
  | { readonly from: string; readonly helper: string; readonly server: string };

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The files that docker login, podman login and their like leave, the first to be asked first: REGISTRY_AUTH_FILE alone
 * where it is set; containers/auth.json of XDG_RUNTIME_DIR, then of XDG_CONFIG_HOME; config.json of DOCKER_CONFIG.
 */
export function authFiles(variables: Variables): readonly AuthFile[] {
  const home = variables["HOME"] || homedir();
  const runtime = variables["XDG_RUNTIME_DIR"];
  const only = variables["REGISTRY_AUTH_FILE"];
  const places = only
    ? [only]
    : [
        ...(runtime ? [joinPath(runtime, "containers/auth.json")] : []),
        joinPath(variables["XDG_CONFIG_HOME"] || joinPath(home, ".config"), "containers/auth.json"),
        joinPath(variables["DOCKER_CONFIG"] || joinPath(home, ".docker"), "config.json"),
      ];
  return places.flatMap((path) => {
    const content = exists(path) ? parse(path) : null;
    return content === null ? [] : [{ path, content }];
  });
}

/** Null where it cannot be read, or is no JSON: then it says nothing of any registry. */
function parse(path: string): Json | null {
  try {
    return recordOf(JSON.parse(readText(path)));
  } catch {
    return null;
  }
}

/** What the files say of a repository, in the order in which to try: a helper of its own, an entry, the general store. */
export function entriesFor(
  files: readonly AuthFile[],
  { host, repository }: { readonly host: string; readonly repository: string },
): readonly Entry[] {
  const server = host === "docker.io" ? "https://index.docker.io/v1/" : host;
  return files.flatMap(({ path: from, content }): readonly Entry[] => {
    const own =
      textOf(recordOf(content["credHelpers"])[host]) ?? textOf(recordOf(content["credHelpers"])[server]);
    if (own !== null) return [{ from, helper: own, server }];
    const said = entryOf(recordOf(content["auths"]), host, repository);
    if (said !== null) return [{ from, credentials: said }];
    const store = textOf(content["credsStore"]);
    return store === null || store === "" ? [] : [{ from, helper: store, server }];
  });
}

/** The entry whose key is the longest beginning of HOST/REPOSITORY; keys may be addresses, as older Dockers write them. */
function entryOf(auths: Json, host: string, repository: string): Credentials | null {
  const keys = Object.keys(auths).toSorted((a, b) => b.length - a.length);
  const whole = `${host}/${repository}`;
  for (const key of keys) {
    const plain = key.replace(/^https?:\/\//u, "").replace(/\/(?:v[12]\/?)?$/u, "");
    const name = plain.replace(/^(?:index|registry-1)\.docker\.io(?=\/|$)/u, "docker.io");
    if (name !== whole && !whole.startsWith(`${name}/`)) continue;
    const credentials = credentialsIn(recordOf(auths[key]));
    if (credentials !== null) return credentials;
  }
  return null;
}

function credentialsIn(entry: Json): Credentials | null {
  const [auth, identity, registry] = [entry["auth"], entry["identitytoken"], entry["registrytoken"]].map(
    textOf,
  );
  const decoded = Buffer.from(auth ?? "", "base64")
    .toString("utf8")
    .replace(/\0+$/u, "");
  const colon = decoded.indexOf(":");
  const user = colon < 0 ? (textOf(entry["username"]) ?? "") : decoded.slice(0, colon);
  const password = colon < 0 ? (textOf(entry["password"]) ?? "") : decoded.slice(colon + 1);
  if (registry) return { kind: "bearer", token: registry };
  if (identity) return { kind: "identity", user, token: identity };
  return user === "" || password === "" ? null : { kind: "password", user, password };
}
