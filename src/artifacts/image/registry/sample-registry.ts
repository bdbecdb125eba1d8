/** Registries for tests: Debian's docker-registry, one of our own that can be told to misbehave, and a line that breaks. */
import { spawn, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";

const has = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;
export const hasRegistry = has("docker-registry");
export const hasSkopeo = has("skopeo");

export const user = "lab";
export const password = "tall-secret";
/** bcrypt's of that password. */
const hashed = "$2y$04$c4XD8Y4LeW2/pHOV0tK5tepHRzBQO/1.yaeh9lSg7IoTrDx6YvdDy";

export const digestOf = (bytes: Uint8Array | string): string =>
  `sha256:${crypto.createHash("sha256").update(bytes).digest("hex")}`;

/** A server on this machine: its "127.0.0.1:PORT", and its end. */
export interface Served extends AsyncDisposable {
  readonly host: string;
}

/** docker-registry on an empty folder; with `auth` it wants the user and password above. */
export async function dockerRegistry(room: string, { auth = false } = {}): Promise<Served> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const passwords = path.join(room, "htpasswd");
  fs.writeFileSync(passwords, `${user}:${hashed}\n`);
  const config = {
    version: "0.1",
    log: { accesslog: { disabled: true }, level: "error" },
    storage: { filesystem: { rootdirectory: path.join(room, "data") } },
    http: { addr: host, secret: "for-tests" },
    ...(auth ? { auth: { htpasswd: { realm: "lab", path: passwords } } } : {}),
  };
  fs.writeFileSync(path.join(room, "registry.yml"), JSON.stringify(config));
  // It takes variables that begin with REGISTRY_ for its own.
  const child = spawn("docker-registry", ["serve", path.join(room, "registry.yml")], {
    stdio: "ignore",
    env: { PATH: process.env["PATH"] },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let tries = 0; tries < 200; tries += 1) {
    if (await answers(`http://${host}/v2/`)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    host,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.status > 0,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
}

/** A line to another server that breaks its first `times` connections after so many bytes from us. */
export async function breakingLine(
  to: string,
  { afterBytes, times }: { readonly afterBytes: number; readonly times: number },
): Promise<Served & { readonly broken: () => number }> {
  const [name, port] = to.split(":");
  const sockets = new Set<net.Socket>();
  let broken = 0;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), name);
    let sent = 0;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        near.destroy();
        far.destroy();
      });
    }
    far.on("data", (bytes) => near.write(bytes));
    near.on("data", (bytes) => {
      sent += bytes.length;
      if (sent > afterBytes && broken < times) {
        broken += 1;
        near.resetAndDestroy();
      } else far.write(bytes);
    });
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return { host, broken: () => broken, [Symbol.asyncDispose]: () => close(server, sockets) };
}

async function close(server: net.Server, sockets: ReadonlySet<net.Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}

/** A request as our own registry saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Bytes of its content that came. */
  bytes: number;
}

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse, seen: Seen) => void;

/** A server that answers as `handler` says, and remembers what it was asked. */
export async function fakeServer(handler: Handler): Promise<Served & { readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const one: Seen = { method, url, headers, bytes: 0 };
    seen.push(one);
    request.on("data", (bytes: Buffer) => (one.bytes += bytes.length));
    request.on("error", () => {});
    handler(request, response, one);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return { host, seen, [Symbol.asyncDispose]: () => close(server, sockets) };
}

/** Answers with status, headers and a text or a value as JSON. */
export function reply(
  response: http.ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: unknown = "",
): void {
  response.writeHead(status, headers);
  response.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

/** An error as the specification writes it. */
export const failing = (code: string, message: string): unknown => ({ errors: [{ code, message }] });

/**
 * A registry by the book, in memory, that takes uploads up again: `breakAfter` bytes of an upload its connection breaks
 * (or nothing more is read from it, where it `stalls`), so many times.
 */
export async function memoryRegistry({
  breakAfter = Infinity,
  times = 0,
  stalls = false,
  knowsReferrers = true,
} = {}): Promise<Served & { readonly seen: readonly Seen[]; readonly blobs: Map<string, Buffer> }> {
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  const uploads = new Map<string, Buffer[]>();
  const sizeOf = (id: string): number => (uploads.get(id) ?? []).reduce((sum, { length }) => sum + length, 0);
  let breaks = 0;
  const served = await fakeServer((request, response, { method, url }) => {
    const { pathname, searchParams } = new URL(url, "http://here");
    const [, kind = "", name = ""] = /\/(blobs\/uploads|blobs|manifests)\/(.*)$/u.exec(pathname) ?? [];
    const place = (id: string): Record<string, string> => ({
      location: `/v2/lab/paper/blobs/uploads/${id}`,
      range: `0-${Math.max(0, sizeOf(id) - 1)}`,
    });
    const body: Buffer[] = [];
    if (kind === "blobs/uploads" && method === "POST") {
      const id = crypto.randomUUID();
      uploads.set(id, []);
      return reply(response, 202, place(id));
    }
    if (kind === "blobs/uploads" && method === "GET") {
      return reply(response, uploads.has(name) ? 204 : 404, uploads.has(name) ? place(name) : {});
    }
    if (kind === "blobs/uploads" && method === "PATCH") {
      const pieces = uploads.get(name) ?? [];
      const from = Number(/^(\d+)-/u.exec(request.headers["content-range"] ?? "0-")?.[1]);
      if (from !== sizeOf(name)) return reply(response, 416, place(name));
      let came = 0;
      request.on("data", (bytes: Buffer) => {
        pieces.push(bytes);
        came += bytes.length;
        if (came > breakAfter && breaks < times) {
          breaks += 1;
          if (stalls) request.pause();
          else request.socket.resetAndDestroy();
        }
      });
      request.on("end", () => reply(response, 202, place(name)));
      return;
    }
    if (method === "GET" || method === "HEAD") {
      const bytes = kind === "blobs" ? blobs.get(name) : manifests.get(name)?.bytes;
      if (bytes === undefined) return reply(response, 404);
      const type = manifests.get(name)?.type ?? "application/octet-stream";
      const headers = { "content-type": type, "docker-content-digest": digestOf(bytes) };
      return reply(response, 200, headers, method === "HEAD" ? "" : bytes);
    }
    request.on("data", (bytes: Buffer) => body.push(bytes));
    request.on("end", () => {
      const whole = Buffer.concat([...(uploads.get(name) ?? []), ...body]);
      const digest = digestOf(whole);
      if (kind === "manifests") {
        const stored = { bytes: whole, type: request.headers["content-type"] ?? "" };
        manifests.set(name, stored).set(digest, stored);
        const subject = (JSON.parse(whole.toString("utf8")) as { subject?: { digest: string } }).subject;
        const told = subject === undefined || !knowsReferrers ? {} : { "oci-subject": subject.digest };
        return reply(response, 201, { "docker-content-digest": digest, ...told });
      }
      if (digest !== searchParams.get("digest")) {
        return reply(response, 400, {}, failing("DIGEST_INVALID", "another digest"));
      }
      blobs.set(digest, whole);
      reply(response, 201);
    });
  });
  return { ...served, blobs };
}
