import type { Location, Manifest, Requirement } from "../../model/index.ts";
import { parseCondaRequirement } from "../conda/match-spec.ts";
import { parseRequirement } from "../requirement/parse-requirement.ts";
import { readInstallLine } from "../readme/install-words.ts";
import { longestLine } from "./classify.ts";
import { shellWords, splitSegments } from "./shell-words.ts";

/** What a line of a script or image installs by name. */
export interface Installed {
  readonly requirements: readonly Requirement[];
  readonly systemPackages: Manifest["systemPackages"];
}

/** Programs that are there before the project's packages are installed. */
const tools = /^(?:pip|setuptools|wheel|uv|conda|mamba|pipenv|poetry)$/u;

/** Reads `pip install x && apt-get install -y y`: requirements of PyPI and conda, and the system's packages. */
export function installedByLine(line: string, location: Location): Installed {
  const requirements: Requirement[] = [];
  const systemPackages: Manifest["systemPackages"][number][] = [];
  if (line.length > longestLine) return { requirements, systemPackages };
  for (const { text } of splitSegments(line)) {
    const said = text.replace(/^(?:sudo\s+(?:-\S+\s+)*|\w+=\S*\s+)+/u, "").replace(/^\S*\/(?=\w)/u, "");
    const system = /^(?:apt-get|apt|aptitude|apk|yum|dnf)\s+(?:-\S+\s+)*(?:install|add)\s+(.*)$/su.exec(
      said,
    )?.[1];
    if (system !== undefined) {
      const names = shellWords(system).filter((word) => /^[a-z0-9][\w+.:=~-]*$/iu.test(word));
      systemPackages.push(...names.map((name) => ({ name, location })));
      continue;
    }
    const read = /^(?:conda|mamba|micromamba)\s/u.test(said) ? parseCondaRequirement : parseRequirement;
    const line = said.replace(/^((?:mamba|micromamba|conda)\s+)(?:-\S+\s+|create\s+)*(?=install)/u, "$1");
    for (const name of readInstallLine(line).packages) {
      const requirement = read(name, { location });
      if (requirement !== null && requirement.name !== "python" && !tools.test(requirement.name))
        requirements.push(requirement);
    }
  }
  return { requirements, systemPackages };
}
