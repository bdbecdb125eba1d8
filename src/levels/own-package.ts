import type { Command, Manifest, Project } from "../model/index.ts";
import { codeOf } from "../source/index.ts";
import { folderOf, namesAt, pathFrom, rootsAddedBy } from "../inference/index.ts";
import { entryFiles, reachableSources } from "../inference/index.ts";
import type { Subject } from "./subject.ts";

/**
 * True where the commands run only when the project itself is installed: they call a console script that its
 * pyproject.toml or setup.py makes, or what they reach imports a package of the project that no folder on their path holds.
 */
export function needsItself(subject: Subject): boolean {
  const { commands } = subject.project;
  const own = ownManifest(subject.project);
  if (own === undefined) return false;
  const scripts = new Set(own.commands.map((command) => firstWord(command.run)));
  if (commands.some((command) => scripts.has(firstWord(command.run)))) return true;
  const packages = ownPackages(subject);
  const found = namesAt(subject, new Set(commands.flatMap((command) => pathOf(command, subject))));
  return wantedModules(subject).some((name) => packages.has(name) && !found.has(name));
}

/** What names the project's own package, where an installer can build it; setup.cfg needs a setup.py beside it. */
export function ownManifest({ manifests }: Pick<Project, "manifests">): Manifest | undefined {
  const stands = (name: string): boolean => manifests.some(({ path }) => path === name);
  return manifests.find(
    ({ path, projectName }) =>
      projectName !== null &&
      (path === "pyproject.toml" ||
        path === "setup.py" ||
        (path === "setup.cfg" && (stands("setup.py") || stands("pyproject.toml")))),
  );
}

function firstWord(line: string): string {
  return line.trim().split(/\s/u)[0] ?? "";
}

/** Names of the packages that installing the project would bring: those in src/ and at the root. */
function ownPackages(subject: Subject): ReadonlySet<string> {
  const names = [...subject.tree.keys()].map(
    (file) => /^(?:src\/)?([A-Za-z_]\w*)\/__init__\.py$/u.exec(file)?.[1],
  );
  return new Set(names.filter((name) => name !== undefined));
}

/** What the commands run with -m, and what the code that they reach imports: the first part of each name. */
function wantedModules(subject: Subject): readonly string[] {
  const run = subject.project.commands.map((command) => /\s-m\s+(\w+)/u.exec(command.run)?.[1]);
  const imports = [...reachableSources(subject).values()].flatMap((facts) => codeOf(facts).imports);
  const imported = imports.filter(({ level }) => level === 0).map(({ module }) => module.split(".")[0]);
  return [...run, ...imported].filter((name) => name !== undefined);
}

/** Folders from which a command imports without an installation, relative to the root. */
function pathOf(command: Command, subject: Subject): readonly string[] {
  const cwd = pathFrom("", command.cwd) ?? "";
  const files = entryFiles(command, subject);
  const isScript = command.kind === "run" && /\bpython[\d.]*\s+(?!-[mc]\b)/u.test(command.run);
  const base = [...(isScript ? [] : [cwd]), ...files.map(folderOf), ...pythonPath(command, cwd)];
  const added = files.flatMap((file) => {
    const facts = subject.sources.get(file);
    return facts === undefined ? [] : rootsAddedBy(file, facts, new Set([...base, cwd]));
  });
  // pytest puts the folders of its test files on the path.
  const isTest = command.kind === "test" || /\bpytest\b/u.test(command.run);
  return [...base, ...added, ...(isTest ? testFolders(subject) : [])];
}

function pythonPath({ env, run }: Command, cwd: string): readonly string[] {
  const given = [env["PYTHONPATH"] ?? "", /\bPYTHONPATH=(\S+)/u.exec(run)?.[1] ?? ""];
  const entries = given.flatMap((value) => value.split(":")).filter((entry) => entry !== "");
  return entries.flatMap((entry) => pathFrom(cwd, entry) ?? []);
}

function testFolders(subject: Subject): readonly string[] {
  const tests = [...subject.sources.keys()].filter((file) =>
    /(?:^|\/)(?:test_[^/]*|conftest)\.py$/u.test(file),
  );
  return tests.map(folderOf);
}
