import { ToolError } from "../../model/index.ts";
import { fetchPage, withoutSecrets } from "../../system/index.ts";

/** One file that an index offers (PEP 503, 592, 691, 700). `yanked` is the stated reason ("" where none was given), null where not yanked. */
export interface IndexFile {
  readonly filename: string;
  readonly url: string;
  readonly sha256: string | null;
  readonly yanked: string | null;
  /** The Python it asks for, as PEP 440 writes it; null where it does not say. */
  readonly requiresPython: string | null;
  /** When it was uploaded (ISO 8601, PEP 700); null where the index does not tell. */
  readonly uploaded: string | null;
}

/** The simple API's JSON (PEP 691) and its HTML (PEP 503). */
const accept =
  "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

/**
 * What a Python index offers under a normalised project name; null where it does not know it.
 * Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function fetchIndexPage(indexUrl: string, name: string): Promise<readonly IndexFile[] | null> {
  const url = `${indexUrl.replace(/\/+$/u, "")}/${name}/`;
  const page = await fetchPage(url, accept);
  if (page.status === 404 || page.status === 410) return null;
  if (page.status !== 200) {
    throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} answered HTTP ${page.status}`, {
      hint: "Check the index URL and its credentials (UV_DEFAULT_INDEX, PIP_INDEX_URL or pip.conf).",
    });
  }
  return readIndexPage(page.text, page.url);
}

/**
 * Reads a page of the simple API. Whether it is JSON is seen from the text: there are mirrors that answer with HTML
 * under the content type of JSON. Never throws.
 */
export function readIndexPage(text: string, baseUrl: string): readonly IndexFile[] {
  return /^\s*\{/u.test(text) ? readJsonPage(text, baseUrl) : readHtmlPage(text, baseUrl);
}

function readJsonPage(text: string, baseUrl: string): readonly IndexFile[] {
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch {
    return [];
  }
  const files = (page as { files?: unknown }).files;
  if (!Array.isArray(files)) return [];
  return files.flatMap((file: unknown): IndexFile[] => {
    if (typeof file !== "object" || file === null) return [];
    const { filename, url, hashes, yanked, ...more } = file as Record<string, unknown>;
    if (typeof filename !== "string" || typeof url !== "string") return [];
    const sha256 = (hashes as { sha256?: unknown } | undefined)?.sha256;
    return [
      {
        filename,
        url: absolute(url, baseUrl),
        sha256: typeof sha256 === "string" ? sha256.toLowerCase() : null,
        yanked: typeof yanked === "string" ? yanked : yanked === true ? "" : null,
        requiresPython: textOrNull(more["requires-python"]),
        uploaded: textOrNull(more["upload-time"]),
      },
    ];
  });
}

const textOrNull = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;

function readHtmlPage(text: string, baseUrl: string): readonly IndexFile[] {
  const base = /<base\s[^>]*href\s*=\s*["']([^"']+)["']/iu.exec(text)?.[1];
  const files: IndexFile[] = [];
  for (const [, attributes = "", label = ""] of text.matchAll(/<a\s([^>]*)>([^<]*)<\/a>/giu)) {
    const href = attribute(attributes, "href");
    if (href === null) continue;
    const [address = "", fragment = ""] = href.split("#", 2);
    files.push({
      filename: unescapeHtml(label.trim()),
      url: absolute(address, base === undefined ? baseUrl : absolute(base, baseUrl)),
      sha256: /^sha256=([0-9a-f]{64})/iu.exec(fragment)?.[1]?.toLowerCase() ?? null,
      yanked: attribute(attributes, "data-yanked"),
      requiresPython: textOrNull(attribute(attributes, "data-requires-python")),
      uploaded: textOrNull(attribute(attributes, "data-upload-time")),
    });
  }
  return files;
}

function attribute(attributes: string, name: string): string | null {
  const match = new RegExp(
    `(?:^|\\s)${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+)))?(?=\\s|$)`,
    "iu",
  ).exec(attributes);
  return match === null ? null : unescapeHtml(match[1] ?? match[2] ?? match[3] ?? "");
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function absolute(url: string, base: string): string {
  try {
    return new URL(url, base).href;
  } catch {
    return url;
  }
}
