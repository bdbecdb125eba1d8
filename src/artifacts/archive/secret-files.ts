/** Where a file holds a secret, and what kind; `line` counts from 1, null where the name alone gives it away. */
export interface SecretPlace {
  readonly kind: string;
  readonly line: number | null;
}

/** Files that are read for secrets: text up to this many bytes. */
export const largestScanned = 256 * 1024;

const byName: readonly { readonly kind: string; readonly name: RegExp }[] = [
  {
    kind: "environment variables",
    name: /^\.env(\.(?!example$|sample$|template$|dist$|defaults$|schema$).*)?$/u,
  },
  { kind: "a private key", name: /^id_(rsa|dsa|ecdsa|ed25519)(?!.*\.pub$)/u },
  { kind: "a private key", name: /\.(key|p12|pfx|jks|ppk)$/u },
  { kind: "passwords", name: /^[._]netrc$|^\.pgpass$|^\.git-credentials$|^\.htpasswd$/u },
  { kind: "a package index's password", name: /^\.pypirc$/u },
  { kind: "credentials", name: /^(client_secret|credentials).*\.json$/u },
];

/** What a secret looks like in text. Certificates and public keys in .pem files are no secrets, so those are read too. */
const byContent: readonly { readonly kind: string; readonly text: RegExp }[] = [
  {
    kind: "a private key",
    text: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,300}?[A-Za-z0-9+/]{40}/u,
  },
  { kind: "an AWS access key", text: /\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\b/u },
  {
    kind: "an AWS secret key",
    text: /aws_secret_access_key["']?\s*[:=]\s*["']?(?![A-Za-z0-9/+]*EXAMPLE)[A-Za-z0-9/+]{40}\b/iu,
  },
  { kind: "a GitHub token", text: /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}/u },
  { kind: "a GitLab token", text: /\bglpat-[\w-]{20}/u },
  { kind: "a Slack token", text: /\bxox[abprs]-\d[\w-]{20,}/u },
  { kind: "a Hugging Face token", text: /\bhf_[A-Za-z]{34}\b/u },
  { kind: "a package index's token", text: /\bpypi-AgE[\w-]{50,}/u },
];

const anySecret = new RegExp(byContent.map(({ text }) => `(?:${text.source})`).join("|"), "iu");

/** The secret that a file of this name holds whatever its content, or null. `path` is relative to the project's root. */
export function secretByName(path: string): SecretPlace | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const found =
    byName.find((rule) => rule.name.test(name)) ??
    (/(^|\/)\.aws\/credentials$/u.test(path) ? { kind: "credentials" } : undefined);
  return found === undefined ? null : { kind: found.kind, line: null };
}

/** The first secret in a text, or null. Binary content (a NUL among its first 8 KiB) has none that we would see. */
export function secretByContent(content: Buffer): SecretPlace | null {
  if (content.subarray(0, 8192).includes(0)) return null;
  const text = content.toString("latin1");
  if (!anySecret.test(text)) return null;
  for (const { kind, text: pattern } of byContent) {
    const match = pattern.exec(text);
    if (match !== null) return { kind, line: text.slice(0, match.index).split("\n").length };
  }
  return null;
}
