import path from "node:path";
import { wheelServes, wheelTags } from "./wheel-tags.ts";

interface Shaping {
  /** "3.11" */
  readonly python: string;
  /** Markers of the platforms asked for; empty: any. */
  readonly environments: readonly string[];
  /** Where the text was written, and the project's root: paths in it are made relative to the latter. */
  readonly writtenIn: string;
  readonly root: string;
}

export const pylockHeader = `# A lock (PEP 751): every package by version, file and sha256. Install it with
#   uv pip sync pylock.toml      or      pip install -r pylock.toml
`;

/**
 * Makes what uv wrote into the lock that is committed: pinned to one Python, without the wheels of other Pythons, with
 * paths relative to the project, and with nothing in it that tells of the machine. Works line by line on uv's layout;
 * a line that it does not know stays.
 */
export function shapePylock(text: string, { python, environments, writtenIn, root }: Shaping): string {
  const bound = `python_full_version < '${nextSeries(python)}'`;
  const lines = text.split("\n").flatMap((line): readonly string[] => {
    if (line.startsWith("#")) return [];
    if (line.startsWith("requires-python = ")) {
      const list = environments.map((marker) => `    "${marker}",\n`).join("");
      const pinned = `requires-python = "==${python}.*"`;
      return list === "" ? [pinned] : [pinned, `environments = [\n${list}]`];
    }
    // requires-python says so already.
    if (line === `marker = "${bound}"` || line === `marker = "python_full_version == '${python}.*'"`)
      return [];
    return [
      line.replace(/(\bpath = )"([^"]+)"/u, (_all, key: string, value: string) => {
        return `${key}"${relativeTo(root, path.resolve(writtenIn, value))}"`;
      }),
    ];
  });
  return pylockHeader + withoutOtherPythons(lines.join("\n"), python).trim() + "\n";
}

function withoutOtherPythons(text: string, python: string): string {
  const blocks = text.split(/^(?=\[\[packages\]\])/mu);
  return blocks
    .map((block) => {
      const kept = block
        .split("\n")
        .filter((line) => servesPython(line, python))
        .join("\n")
        .replace(/^wheels = \[\n\]\n?/mu, "");
      return /^(?:sdist|wheels|archive|vcs|directory) = /mu.test(kept) ? kept : block;
    })
    .join("");
}

/** False for a line that holds one wheel, and that of another Python. */
function servesPython(line: string, python: string): boolean {
  const names = [...line.matchAll(/"(?:[^"]*\/)?([^"/]+\.whl)"/gu)].map((match) =>
    decodeURIComponent(match[1] ?? ""),
  );
  const tags = names.map(wheelTags).filter((tag) => tag !== null);
  return (
    tags.length === 0 ||
    !/^(?: {4}\{|wheels = )/u.test(line) ||
    tags.some((tag) => wheelServes(tag, python, null))
  );
}

const relativeTo = (root: string, target: string): string =>
  path.relative(root, target).split(path.sep).join("/") || ".";

/** "3.11" to "3.12". */
export function nextSeries(python: string): string {
  const [major = "3", minor = "0"] = python.split(".");
  return `${major}.${Number(minor) + 1}`;
}
