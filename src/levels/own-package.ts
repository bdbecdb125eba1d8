import { readInstructions } from "../manifests/index.ts";
import { instructions } from "./requirements/instructions.ts";
import type { Subject } from "./subject.ts";

/**
 * True where the commands run only when the project itself is installed: they call a console script that its
 * pyproject.toml makes, its packages lie in src/ and are imported from there, or the instructions say so.
 */
export function needsItself(subject: Subject): boolean {
  const { manifests, commands } = subject.project;
  const own = manifests.find(
    (manifest) => manifest.format === "pyproject.toml" && manifest.projectName !== null,
  );
  if (own === undefined) return false;
  const scripts = new Set(own.commands.map((command) => command.run.split(/\s/u)[0]));
  if (commands.some((command) => scripts.has(command.run.split(/\s/u)[0]))) return true;
  const packaged = [...subject.tree.keys()].some((file) => /^src\/[^/]+\/__init__\.py$/u.test(file));
  return packaged || saysInstall(subject);
}

function saysInstall(subject: Subject): boolean {
  const { file, text } = instructions(subject);
  if (file === null) return false;
  return readInstructions(file, text).install.some((line) =>
    /\bpip install\b.*(?:^|\s)\.(?:\[[^\]]*\])?(?:\s|$)/u.test(line.text),
  );
}
