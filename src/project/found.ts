import type { Command, Manifest } from "../model/index.ts";

export interface FoundCommands {
  readonly commands: readonly Command[];
  /** True where a file meant for machines (Makefile, Dockerfile, project.scripts) names them. */
  readonly forMachines: boolean;
}

/** Files that people read: their commands count as found, but are not machine-readable. */
const forPeople = new Set(["README"]);

/** Files that run tests alone: they do not say what the project itself runs. */
const forTests = new Set(["tox.ini", "noxfile.py"]);

/** The commands that the manifests name: those of files meant for machines, else those of the documents. */
export function chooseFoundCommands(manifests: readonly Manifest[]): FoundCommands {
  const of = (isWanted: (format: string) => boolean): readonly Command[] =>
    manifests.filter(({ format }) => isWanted(format)).flatMap(({ commands }) => commands);
  const tests = of((format) => forTests.has(format));
  const machine = of((format) => !forPeople.has(format) && !forTests.has(format));
  if (machine.length > 0) return { commands: uniqueNames([...machine, ...tests]), forMachines: true };
  const people = of((format) => forPeople.has(format));
  return { commands: uniqueNames([...people, ...tests]), forMachines: false };
}

/**
 * The same commands, each line once, and later ones renamed where two share a name. What a command needs is meant among
 * those of its own file, so it follows the new names.
 */
export function uniqueNames(commands: readonly Command[]): readonly Command[] {
  const byLine = new Map<string, string>();
  const names = new Set<string>();
  const renamed = new Map<string, string>();
  const unique: Command[] = [];
  for (const command of commands) {
    const line = `${command.cwd}\0${command.run}`;
    const key = ownKey(command, command.name);
    const before = byLine.get(line);
    if (before !== undefined) {
      if (!renamed.has(key)) renamed.set(key, before);
      continue;
    }
    let name = command.name;
    for (let n = 2; names.has(name); n += 1) name = `${command.name}-${n}`;
    names.add(name);
    byLine.set(line, name);
    renamed.set(key, name);
    unique.push({ ...command, name });
  }
  return unique.map((command) => ({
    ...command,
    needs: command.needs
      .map((need) => renamed.get(ownKey(command, need)) ?? need)
      .filter((need, index, all) => need !== command.name && all.indexOf(need) === index),
  }));
}

const ownKey = (command: Command, name: string): string => `${command.location?.file ?? ""}\0${name}`;
