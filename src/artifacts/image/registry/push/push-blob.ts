import { knownPlaces } from "../known-places.ts";
import type { Registry } from "../registry.ts";
import type { Sendable } from "./sendable.ts";
import { uploadBlob } from "./upload-blob.ts";

export type Sent = "there" | "mounted" | "sent";

/**
 * Sees to it that a repository has a blob: asks for it, else lets the registry take it from another of its repositories,
 * else sends it. Throws ToolError REGISTRY_FAILED, NETWORK_UNAVAILABLE or PATH_UNREADABLE.
 */
export async function pushBlob(
  registry: Registry,
  blob: Sendable,
  onBytes: (bytes: number) => void,
): Promise<Sent> {
  const { reference } = registry;
  const places = knownPlaces(reference.host);
  const done = (how: Sent): Sent => {
    places.keep(blob.digest, reference.repository);
    return how;
  };
  const url = registry.addresses.of(`blobs/${blob.digest}`);
  const answer = await registry.ask(url, { method: "HEAD" });
  if (answer.status === 200) return done("there");
  if (answer.status !== 404) throw await registry.refuse(answer, url);
  const here = `${reference.host}/`;
  const told = (blob.mayBeIn ?? [])
    .filter((name) => name.startsWith(here))
    .map((name) => name.slice(here.length));
  const elsewhere = [...told, ...places.find(blob.digest)];
  for (const from of new Set(elsewhere)) {
    if (from !== reference.repository && (await mount(registry, blob.digest, from))) return done("mounted");
  }
  await uploadBlob(registry, blob, onBytes);
  return done("sent");
}

/** False where the registry cannot, may not, or has it not there. */
async function mount(registry: Registry, digest: string, from: string): Promise<boolean> {
  const url = registry.addresses.of(`blobs/uploads/?${new URLSearchParams({ mount: digest, from })}`);
  try {
    const answer = await registry.ask(url, { method: "POST", beside: [from], once: true });
    await answer.body?.cancel();
    return answer.status === 201;
  } catch {
    // It is only a short cut: what is wrong shows itself when the blob is sent.
    return false;
  }
}
