import { ToolError } from "../../../../model/index.ts";
import { sha256 } from "../../../../system/index.ts";
import { mostJsonBytes } from "../../read/image-limits.ts";
import { anyManifest } from "../media-types.ts";
import { parseReference } from "../reference.ts";
import { openRegistry } from "../registry.ts";

/** Whoever asks can do without the answer. */
const timeoutMs = 10_000;

/**
 * The digest ("sha256:…") that an image's tag leads to now, for all of its platforms; null where the registry cannot be
 * asked or does not say. Asked once, for ten seconds at most.
 */
export async function tagDigest(text: string): Promise<string | null> {
  try {
    const reference = parseReference(text);
    const registry = openRegistry(reference, "pull", { plainHttp: false, progress: () => undefined });
    const url = registry.addresses.of(`manifests/${reference.tag ?? "latest"}`);
    const headers = { accept: anyManifest };
    const answer = await registry.ask(url, { headers, once: true, signal: AbortSignal.timeout(timeoutMs) });
    if (answer.status === 200) return `sha256:${sha256(await registry.body(answer, url, mostJsonBytes))}`;
    await answer.body?.cancel();
    return null;
  } catch (error) {
    if (error instanceof ToolError || (error instanceof DOMException && error.name === "TimeoutError"))
      return null;
    throw error;
  }
}
