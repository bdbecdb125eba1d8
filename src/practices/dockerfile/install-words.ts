import { isPinned, parseCondaRequirement, parseRequirement, readInstallLine } from "../../manifests/index.ts";
import type { Requirement } from "../../model/index.ts";
import type { RunCommand } from "./dockerfile-view.ts";

/** Packages that one command of a RUN installs and whose version it leaves open. */
export interface OpenInstall {
  readonly ecosystem: "pypi" | "conda" | "system";
  /** Normalised for PyPI and conda, as written for the system's; versions that are written but open go along. */
  readonly packages: readonly { readonly name: string; readonly written: string }[];
}

const system = /^(?:apt-get|apt|aptitude|apk|yum|dnf|microdnf)$/u;
const conda = /^(?:conda|mamba|micromamba)$/u;

/** What a command installs by name and not by an exact version; null where it installs nothing so. */
export function openInstall({ words, text }: RunCommand): OpenInstall | null {
  const [program = ""] = words;
  const open = system.test(program)
    ? { ecosystem: "system" as const, packages: openSystem(words.slice(1)) }
    : named(words, text);
  return open === null || open.packages.length === 0 ? null : open;
}

function openSystem(words: readonly string[]): OpenInstall["packages"] {
  const verb = words.findIndex((word) => /^(?:install|add)$/u.test(word));
  if (verb === -1) return [];
  return words
    .slice(verb + 1)
    .filter((word) => /^[a-z0-9][\w+.:-]*$/iu.test(word) && !/\.(?:deb|rpm|apk)$/u.test(word))
    .map((word) => ({ name: word, written: word }));
}

function named(words: readonly string[], text: string): OpenInstall | null {
  if (/(?:^|\s)--require-hashes(?:\s|$)/u.test(text)) return null;
  const isConda = conda.test(words[0] ?? "");
  const line = words
    .join(" ")
    .replace(/^((?:mamba|micromamba|conda)\s)(?:-\S+\s+|create\s+)*(?=install)/u, "$1");
  const isPip = /^(?:pip|python|uv)/u.test(words[0] ?? "") && words.includes("install");
  const cloned = isPip
    ? words.filter((word) => /^(?:git|hg|svn|bzr)\+(?!.*@[0-9a-f]{40}(?:$|[#?]))/iu.test(word))
    : [];
  const packages = readInstallLine(line).packages.flatMap((written) => {
    const location = { file: "", line: null };
    const requirement = isConda
      ? parseCondaRequirement(written, { location })
      : parseRequirement(written, { location });
    if (requirement === null || isPinned(requirement) || (isConda && isExact(requirement))) return [];
    return [{ name: requirement.name, written }];
  });
  return {
    ecosystem: isConda ? "conda" : "pypi",
    packages: [...packages, ...cloned.map((written) => ({ name: "", written }))],
  };
}

/** conda's `=1.2` leaves the build and the last digits open, and is what conda's own exports write. */
function isExact({ specifier }: Requirement): boolean {
  return specifier.startsWith("==");
}
