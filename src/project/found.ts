import type { Command, Manifest } from "../model/index.ts";

export interface FoundCommands {
  readonly commands: readonly Command[];
  /** True where a file meant for machines (Makefile, Dockerfile, project.scripts) names them. */
  readonly forMachines: boolean;
}

/** Files that people read: their commands count as found, but are not machine-readable. */
const forPeople = new Set(["README"]);

/** The commands that the manifests name: those of files meant for machines, else those of the documents. */
export function chooseFoundCommands(manifests: readonly Manifest[]): FoundCommands {
  const machine = manifests
    .filter((manifest) => !forPeople.has(manifest.format))
    .flatMap((manifest) => manifest.commands);
  if (machine.length > 0) return { commands: uniqueNames(machine), forMachines: true };
  const people = manifests.flatMap((manifest) => manifest.commands);
  return { commands: uniqueNames(people), forMachines: false };
}

/** The same commands, each line once, and later ones renamed where two share a name. */
export function uniqueNames(commands: readonly Command[]): readonly Command[] {
  const lines = new Set<string>();
  const names = new Set<string>();
  const unique: Command[] = [];
  for (const command of commands) {
    const line = `${command.cwd}\0${command.run}`;
    if (lines.has(line)) continue;
    lines.add(line);
    let name = command.name;
    for (let n = 2; names.has(name); n += 1) name = `${command.name}-${n}`;
    names.add(name);
    unique.push({ ...command, name });
  }
  return unique;
}
