import type { DockerfileContext } from "./dockerfile-practice.ts";
import { viewDockerfile, type RunStep } from "./dockerfile-view.ts";
import { openInstall } from "./install-words.ts";

/** Versions of the project's lock by normalised name. */
export type PinVersions = Pick<DockerfileContext, "versions">;

/**
 * A Dockerfile's text with the packages that pip installs by name alone held to the versions of the project's lock. Only
 * words that stand once in their RUN are touched; everything else stays byte for byte.
 */
export function pinInstalls(path: string, text: string, { versions }: PinVersions): string {
  // Line ends stay in the pieces.
  const lines = text.split(/(?<=\n)/u);
  for (const step of viewDockerfile(path, text).runs) {
    for (const [name, version] of wantedOf(step, versions)) {
      const [first, last] = linesOf(step);
      const word = new RegExp(String.raw`(?<=[\s"'])${escaped(name)}(?=[\s"']|$)`, "gu");
      const places = Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((line) =>
        [...(lines[line - 1] ?? "").matchAll(word)].map(({ index }) => ({ line, index })),
      );
      const [place, another] = places;
      if (place === undefined || another !== undefined) continue;
      const said = lines[place.line - 1] ?? "";
      const end = place.index + name.length;
      lines[place.line - 1] = `${said.slice(0, end)}==${version}${said.slice(end)}`;
    }
  }
  return lines.join("");
}

/** Words of pip that can be pinned as they stand, with their versions. */
function wantedOf({ commands }: RunStep, versions: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const installs = commands.flatMap((command) => openInstall(command) ?? []);
  const open = installs.filter(({ ecosystem }) => ecosystem === "pypi").flatMap(({ packages }) => packages);
  return new Map(
    open.flatMap(({ name, written }) => {
      const version = versions.get(name);
      const isBare = /^[\w.-]+(?:\[[\w.,-]+\])?$/u.test(written);
      return version === undefined || !isBare ? [] : [[written, version] as const];
    }),
  );
}

function linesOf({ instruction }: RunStep): readonly [first: number, last: number] {
  const bodies = instruction.heredocs.map(({ text, line }) => line + text.split("\n").length - 1);
  const last = Math.max(instruction.starts.at(-1)?.line ?? instruction.line, ...bodies);
  return [instruction.line, last];
}

const escaped = (word: string): string => word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
