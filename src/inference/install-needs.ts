import { parseRequirement, readInstallLine } from "../manifests/index.ts";
import type { Need } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";

/** What the code installs itself while it runs: `%pip install x`, `!conda install y`, pip called by subprocess. */
export function installNeeds(sources: ReadonlyMap<string, SourceFacts>): readonly Need[] {
  return Array.from(sources).flatMap(([file, facts]) =>
    codeOf(facts).installs.flatMap(({ text, line }) =>
      installLines(text).flatMap((said) => needsOf(said, file, line)),
    ),
  );
}

const installer = /(?:^|[\s/])((?:uv\s+)?pip[\d.]*|conda|mamba|micromamba)\s+(?:-\S+\s+)*install\s+(.*)$/su;

/** The installations in a shell line or magic, each as the installer and its arguments alone. */
function installLines(text: string): readonly string[] {
  return text
    .slice(0, 5000)
    .split(/&&|[;|\n]/u)
    .flatMap((part) => {
      const found = installer.exec(part.replaceAll(/[%!]|\{[^{}]*\}/gu, " ").replace(/(?:^|\s)#.*$/u, ""));
      return found === null
        ? []
        : [`${(found[1] ?? "").replace(/^pip[\d.]+$/u, "pip")} install ${found[2] ?? ""}`];
    });
}

function needsOf(line: string, file: string, at: number): readonly Need[] {
  return readInstallLine(line).packages.flatMap((text) => {
    // conda pins with a single "=".
    const requirement = parseRequirement(text.replace(/^([\w.-]+)=(?=[\d.])/u, "$1=="), {
      location: { file, line: at },
    });
    if (requirement === null || requirement.name === "") return [];
    const { name, specifier } = requirement;
    return [
      {
        module: "",
        distribution: name,
        candidates: [name],
        ...(specifier === "" ? {} : { specifier }),
        known: "install-line" as const,
        context: "hidden" as const,
        reason: `the code installs it itself: ${line.length > 80 ? `${line.slice(0, 80)}…` : line.trim()}`,
        location: { file, line: at },
      },
    ];
  });
}
