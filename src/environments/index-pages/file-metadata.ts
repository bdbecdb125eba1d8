import { fetchPage } from "../../system/index.ts";
import { readMetadata, type DistributionMetadata } from "../installed-distributions.ts";

/**
 * What a wheel on an index says of itself, without fetching the wheel (PEP 658: the file beside it); null where the
 * index does not serve that. Throws ToolError NETWORK_UNAVAILABLE.
 */
export async function fetchFileMetadata(wheelUrl: string): Promise<DistributionMetadata | null> {
  const [plain = ""] = wheelUrl.split(/[?#]/u);
  if (!/^https?:.*\.whl$/u.test(plain)) return null;
  const page = await fetchPage(`${plain}.metadata`);
  if (page.status !== 200) return null;
  const found = readMetadata(page.text);
  return found.name === "" ? null : found;
}
