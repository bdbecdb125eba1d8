import { ToolError } from "../../../../model/index.ts";

/** One package of a base, pinned. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** Of the .deb, hex. */
  readonly sha256: string;
}

export interface DebianLock {
  /** "bookworm" */
  readonly suite: string;
  /** Debian's name of the processor: "amd64", "arm64". */
  readonly architecture: string;
  readonly packages: readonly DebianPackage[];
}

const title =
  "# The Debian packages that an image stands on, for `rung image`: name, version, sha256 of the .deb.";

export function debianLockText({ suite, architecture, packages }: DebianLock): string {
  const lines = packages.map(({ name, version, sha256 }) => `${name} ${version} ${sha256}`).sort();
  return `${[title, `suite ${suite}`, `architecture ${architecture}`, ...lines].join("\n")}\n`;
}

/** Throws ToolError LOCK_FAILED with the line that is none. */
export function readDebianLock(text: string, file: string): DebianLock {
  let suite = "";
  let architecture = "";
  const packages: DebianPackage[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const words = line.split(" ");
    const [name = "", version = "", sha256 = ""] = words;
    if (words.length === 2 && name === "suite" && /^[a-z][a-z0-9.-]{0,40}$/u.test(version)) suite = version;
    else if (words.length === 2 && name === "architecture" && /^[a-z0-9]{1,20}$/u.test(version))
      architecture = version;
    else if (isPackage(words)) packages.push({ name, version, sha256 });
    else throw broken(file, at + 1);
  }
  if (suite === "" || architecture === "" || packages.length === 0) throw broken(file, 1);
  return { suite, architecture, packages };
}

/** Names and versions as Debian's policy has them (5.6.7, 5.6.12). */
const isPackage = ([name = "", version = "", sha256 = "", ...more]: readonly string[]): boolean =>
  more.length === 0 &&
  /^[a-z0-9][a-z0-9+.-]{0,100}$/u.test(name) &&
  /^[A-Za-z0-9.+:~-]{1,100}$/u.test(version) &&
  /^[0-9a-f]{64}$/u.test(sha256);

function broken(file: string, line: number): ToolError {
  return new ToolError("LOCK_FAILED", `${file} is no list of Debian packages that rung wrote`, {
    location: { file, line },
    hint: "Delete it: the next call pins what Debian serves then.",
  });
}
