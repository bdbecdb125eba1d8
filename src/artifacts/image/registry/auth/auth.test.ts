import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parseReference } from "../reference.ts";
import { openRegistry } from "../registry.ts";
import { fakeServer, reply, type Seen, type Served } from "../sample-registry.ts";
import { parseChallenges } from "./challenge.ts";
import { findCredentials } from "./credentials.ts";

const room = fs.mkdtempSync(path.join(os.tmpdir(), "rung-auth-"));
afterAll(() => fs.rmSync(room, { recursive: true, force: true }));

const encoded = (text: string): string => Buffer.from(text).toString("base64");
const place = { host: "registry.example.org", repository: "lab/paper" };
const found = (user: string, password: string): object => ({
  credentials: { kind: "password", user, password },
});

/** Variables that point at files with these contents, in a folder of its own. */
function variables(files: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const home = fs.mkdtempSync(path.join(room, "home-"));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    fs.writeFileSync(path.join(home, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return { HOME: home, XDG_RUNTIME_DIR: path.join(home, "run") };
}

describe("credentials", () => {
  const auths = (key: string, text = "me:word"): object => ({ auths: { [key]: { auth: encoded(text) } } });

  test.each([
    ["registry.example.org", place],
    ["https://registry.example.org", place],
    ["https://registry.example.org/v1/", place],
    ["registry.example.org/lab", place],
    ["registry.example.org/lab/paper", place],
    ["https://index.docker.io/v1/", { host: "docker.io", repository: "library/debian" }],
    ["docker.io", { host: "docker.io", repository: "library/debian" }],
  ])("are found under %s", async (key, wanted) => {
    expect(await findCredentials(wanted, variables({ ".docker/config.json": auths(key) }))).toMatchObject(
      found("me", "word"),
    );
  });

  test.each(["other.example.org", "registry.example.org.evil.org", "registry.example.org/la", "example.org"])(
    "are not found under %s",
    async (key) => {
      expect(await findCredentials(place, variables({ ".docker/config.json": auths(key) }))).toMatchObject({
        credentials: null,
      });
    },
  );

  test("of the nearest name count, those of podman before Docker's, and those of REGISTRY_AUTH_FILE alone", async () => {
    const near = {
      auths: {
        "registry.example.org": { auth: encoded("far:1") },
        "registry.example.org/lab": { auth: encoded("near:2:3") },
      },
    };
    const files = variables({
      ".docker/config.json": auths("registry.example.org", "docker:1"),
      "run/containers/auth.json": near,
      "own.json": auths("registry.example.org", "own:1"),
    });
    expect(await findCredentials(place, files)).toMatchObject(found("near", "2:3"));
    expect(await findCredentials({ ...place, repository: "x/y" }, files)).toMatchObject(found("far", "1"));
    const own = path.join(files["HOME"] ?? "", "own.json");
    expect(await findCredentials(place, { ...files, REGISTRY_AUTH_FILE: own })).toMatchObject({
      ...found("own", "1"),
      from: own,
    });
  });

  test("come from a helper, for one registry or for all", async () => {
    const bin = path.join(room, "bin");
    fs.mkdirSync(bin, { recursive: true });
    const helper = `#!/bin/sh
read -r server
case $1-$server in
get-registry.example.org) printf '{"ServerURL":"x","Username":"me","Secret":"word"}';;
get-token.example.org) printf '{"Username":"<token>","Secret":"a-token"}';;
*) echo "credentials not found in native keychain"; exit 1;;
esac
`;
    fs.writeFileSync(path.join(bin, "docker-credential-test"), helper, { mode: 0o755 });
    const before = process.env["PATH"];
    process.env["PATH"] = `${bin}:${before ?? ""}`;
    try {
      const own = variables({ ".docker/config.json": { credHelpers: { "registry.example.org": "test" } } });
      expect(await findCredentials(place, own)).toMatchObject({
        ...found("me", "word"),
        from: "docker-credential-test",
      });
      const all = variables({
        ".docker/config.json": { auths: { "token.example.org": {} }, credsStore: "test" },
      });
      expect(await findCredentials({ ...place, host: "token.example.org" }, all)).toMatchObject({
        credentials: { kind: "identity", token: "a-token" },
      });
      expect(await findCredentials({ ...place, host: "none.example.org" }, all)).toEqual({
        credentials: null,
        from: null,
        failure: null,
      });
      const missing = variables({ ".docker/config.json": { credsStore: "no-such-helper" } });
      expect(await findCredentials(place, missing)).toMatchObject({
        failure: "docker-credential-no-such-helper is not installed",
      });
      const strange = variables({ ".docker/config.json": { credsStore: "../../bin/sh" } });
      expect(await findCredentials(place, strange)).toMatchObject({
        credentials: null,
        failure: expect.stringContaining("not installed"),
      });
    } finally {
      process.env["PATH"] = before;
    }
  });

  test("of any file are found, or none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (content) => {
        expect(await findCredentials(place, variables({ ".docker/config.json": content }))).toHaveProperty(
          "credentials",
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("challenges", () => {
  test("are read with their parameters, several of them too", () => {
    expect(parseChallenges('Bearer realm="https://a/token",service="a b",scope="x:y:pull,push"')).toEqual([
      { scheme: "bearer", parameters: { realm: "https://a/token", service: "a b", scope: "x:y:pull,push" } },
    ]);
    expect(parseChallenges('Negotiate, Basic realm="a \\"quoted\\" one", Bearer realm=x')).toEqual([
      { scheme: "negotiate", parameters: {} },
      { scheme: "basic", parameters: { realm: 'a "quoted" one' } },
      { scheme: "bearer", parameters: { realm: "x" } },
    ]);
  });

  test("of any text are read", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseChallenges(text)));
    expect(parseChallenges(`Basic realm="${"\\".repeat(100_000)}`).length).toBeGreaterThan(0);
  });
});

/** A server of tokens: each says what was asked for. */
const tokenServer = (): Promise<Served & { readonly seen: readonly Seen[] }> =>
  fakeServer((request, response, { method, url, headers }) => {
    let form = "";
    request.on("data", (bytes: Buffer) => (form += bytes.toString()));
    request.on("end", () => {
      const asked = new URLSearchParams(method === "POST" ? form : new URL(url, "http://x").search);
      const isKnown =
        headers.authorization === `Basic ${encoded("me:word")}` || asked.get("refresh_token") === "identity";
      if (!isKnown && headers.authorization !== undefined) return reply(response, 401);
      const rights = isKnown ? asked.getAll("scope").join(" ") : "anybody";
      reply(response, 200, {}, { token: `token-${encoded(rights)}`, expires_in: 300 });
    });
  });

const wanting = (realm: string, right: string): Promise<Served & { readonly seen: readonly Seen[] }> =>
  fakeServer((_, response, { headers }) => {
    if (headers.authorization === `Bearer token-${encoded(right)}`)
      return reply(response, 200, {}, "content");
    const challenge = `Bearer realm="${realm}",service="registry",scope="repository:lab/paper:pull"`;
    reply(
      response,
      401,
      { "www-authenticate": challenge },
      { errors: [{ code: "DENIED", message: String(headers.authorization) }] },
    );
  });

describe("a registry that wants tokens", () => {
  const ask = async (
    host: string,
    actions: "pull" | "push",
    files: Readonly<Record<string, unknown>>,
  ): Promise<number[]> => {
    using registry = openRegistry(parseReference(`${host}/lab/paper`), actions, {
      plainHttp: false,
      progress: () => {},
      variables: variables(files),
    });
    const url = registry.addresses.of("blobs/x");
    return [(await registry.ask(url)).status, (await registry.ask(url)).status];
  };

  test("gets one for anybody where nothing is known, and it is kept", async () => {
    await using tokens = await tokenServer();
    await using registry = await wanting(`http://${tokens.host}/token`, "anybody");
    expect(await ask(registry.host, "pull", {})).toEqual([200, 200]);
    expect(tokens.seen.length).toBe(1);
    expect(registry.seen.length).toBe(3);
    const { searchParams } = new URL(tokens.seen[0]?.url ?? "", "http://x");
    expect([...searchParams]).toEqual([
      ["service", "registry"],
      ["scope", "repository:lab/paper:pull"],
    ]);
  });

  test("gets one for a password, which it never sees itself", async () => {
    await using tokens = await tokenServer();
    const right = "repository:lab/paper:pull,push repository:lab/paper:pull";
    await using registry = await wanting(`http://${tokens.host}/token`, right);
    const file = { auths: { [registry.host]: { auth: encoded("me:word") } } };
    expect(await ask(registry.host, "push", { ".docker/config.json": file })).toEqual([200, 200]);
    expect(registry.seen.some(({ headers }) => headers.authorization?.startsWith("Basic"))).toBe(false);
  });

  test("gets one for an identity token", async () => {
    await using tokens = await tokenServer();
    await using registry = await wanting(`http://${tokens.host}/token`, "repository:lab/paper:pull");
    const file = { auths: { [registry.host]: { identitytoken: "identity" } } };
    expect(await ask(registry.host, "pull", { ".docker/config.json": file })).toEqual([200, 200]);
    expect(tokens.seen[0]?.method).toBe("POST");
  });

  test("is told nothing where the password is wrong, nor is anybody else", async () => {
    await using tokens = await tokenServer();
    await using registry = await wanting(`http://${tokens.host}/token`, "nobody");
    const file = { auths: { [registry.host]: { auth: encoded("me:another-word") } } };
    const failed = ask(registry.host, "pull", { ".docker/config.json": file });
    await expect(failed).rejects.toMatchObject({
      code: "REGISTRY_FAILED",
      message: expect.stringContaining("does not take the credentials from"),
    });
    await expect(failed).rejects.not.toThrow(/another-word/u);
  });

  test("may repeat a token in its answer: the message does not", async () => {
    await using tokens = await tokenServer();
    await using registry = await wanting(`http://${tokens.host}/token`, "nobody");
    const failed = ask(registry.host, "pull", {});
    await expect(failed).rejects.toThrow(/DENIED: Bearer \*\*\*/u);
  });

  test.each(["http://example.org/token", "nonsense", "file:///etc/passwd"])(
    "is not followed to %s",
    async (realm) => {
      await using registry = await wanting(realm, "nobody");
      await expect(ask(registry.host, "pull", {})).rejects.toMatchObject({ code: "REGISTRY_FAILED" });
    },
  );
});
