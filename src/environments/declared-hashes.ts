import { normaliseName } from "../manifests/index.ts";

const requirement =
  /^([A-Za-z0-9][\w.-]{0,200}?)\s*(?:\[[^\]]{0,500}\])?\s*===?\s*([\w.+!-]{1,200})(?=\s|;|$)/u;
const hash = /--hash[= ]\s*(\w{1,10}:[\da-fA-F]{32,200})/gu;

/**
 * A resolution (a requirements file, one pin to a line) with the hashes that the declared files (their texts) give to
 * what it pins, so that the installer refuses any other file as pip does. What they give no hash stays as it is.
 */
export function withDeclaredHashes(resolution: string, texts: readonly string[]): string {
  const declared = new Map<string, Set<string>>();
  for (const text of texts) {
    if (!text.includes("--hash")) continue;
    for (const line of text.replaceAll(/\\\r?\n/gu, " ").split(/\r?\n/u)) {
      const pin = pinOf(line.trim());
      if (pin === null) continue;
      const hashes = declared.get(pin) ?? new Set<string>();
      for (const [, one = ""] of line.matchAll(hash)) hashes.add(one.toLowerCase());
      if (hashes.size > 0) declared.set(pin, hashes);
    }
  }
  if (declared.size === 0) return resolution;
  return resolution
    .split("\n")
    .map((line) => {
      const hashes = declared.get(pinOf(line) ?? "") ?? [];
      return [line, ...[...hashes].map((one) => `--hash=${one}`)].join(" ");
    })
    .join("\n");
}

function pinOf(line: string): string | null {
  const [, name, version] = requirement.exec(line) ?? [];
  return name === undefined || version === undefined ? null : `${normaliseName(name)}==${version}`;
}
