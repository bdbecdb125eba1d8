import { shellWords } from "../manifests/index.ts";

/** What a section of instructions has to know to install from a lock. */
export interface LockUse {
  /** The lock, relative to the root. */
  readonly path: string;
  /** A name for an environment of conda. */
  readonly name: string;
  /** Whether the commands run only with the project's own package installed. */
  readonly isOwnNeeded: boolean;
}

/** How people install from one kind of lock. */
export interface LockInstaller {
  /** The format of the lock, as its manifest names it. */
  readonly format: string;
  /** Whether the words of a shell line call a tool that finds this lock by itself, in the folder where it is called. */
  readonly finds: (words: readonly string[]) => boolean;
  /** A program that readers must have; null where the lines bring what they need. */
  readonly program: string | null;
  /** Whether the lines install the project's own package as well, where it is needed. */
  readonly bringsProject: boolean;
  /** Shell lines that make and enter the environment; those of a venv where left out. */
  readonly environment?: (use: LockUse) => readonly string[];
  readonly install: (use: LockUse) => readonly string[];
}

const never = (): boolean => false;

const calls =
  (program: string, ...first: readonly string[]): LockInstaller["finds"] =>
  ([named, verb]) =>
    named === program && first.includes(verb ?? "");

/** With a package or a file, Pipenv adds that to the Pipfile and locks anew. */
const addsNothing = (words: readonly string[]): boolean =>
  words.slice(2).every((word) => word.startsWith("-") && !/^(?:-r|--requirements)/u.test(word));

const uvIntoVenv = "python -m pip install uv";
const intoConda = ({ name }: LockUse): string => `conda activate ${name}`;

/** One entry for each kind of lock that `lockedVersions` reads. */
const lockInstallers: readonly LockInstaller[] = [
  {
    format: "pylock.toml",
    finds: never,
    program: null,
    bringsProject: false,
    install: ({ path }) => [uvIntoVenv, `uv pip sync ${path}`],
  },
  {
    format: "uv.lock",
    finds: calls("uv", "sync", "run"),
    program: null,
    bringsProject: true,
    install: ({ isOwnNeeded }) => [
      uvIntoVenv,
      `uv sync --locked${isOwnNeeded ? "" : " --no-install-project"}`,
    ],
  },
  {
    format: "poetry.lock",
    finds: calls("poetry", "install", "sync"),
    program: "poetry",
    bringsProject: true,
    install: ({ isOwnNeeded }) => [`poetry install${isOwnNeeded ? "" : " --no-root"}`],
  },
  {
    format: "pdm.lock",
    finds: calls("pdm", "install", "sync"),
    program: "pdm",
    bringsProject: true,
    install: ({ isOwnNeeded }) => [`pdm sync${isOwnNeeded ? "" : " --no-self"}`],
  },
  {
    format: "Pipfile.lock",
    finds: (words) => calls("pipenv", "install", "sync")(words) && addsNothing(words),
    program: "pipenv",
    bringsProject: false,
    install: () => ["pipenv sync"],
  },
  {
    format: "requirements.txt",
    finds: never,
    program: null,
    bringsProject: false,
    install: ({ path }) => [`python -m pip install --require-hashes -r ${path}`],
  },
  {
    format: "conda-lock.yml",
    finds: calls("conda-lock", "install"),
    program: "conda-lock",
    bringsProject: false,
    environment: (use) => [`conda-lock install --name ${use.name} ${use.path}`, intoConda(use)],
    install: () => [],
  },
  {
    format: "conda-explicit",
    finds: never,
    program: null,
    bringsProject: false,
    environment: (use) => [`conda create --name ${use.name} --file ${use.path}`, intoConda(use)],
    install: () => [],
  },
  {
    format: "pixi.lock",
    finds: calls("pixi", "install", "run", "shell"),
    program: "pixi",
    bringsProject: false,
    environment: () => ["pixi install --locked", 'eval "$(pixi shell-hook --locked)"'],
    install: () => [],
  },
  {
    format: "anaconda-project-lock.yml",
    finds: calls("anaconda-project", "prepare", "run"),
    program: "anaconda-project",
    bringsProject: false,
    environment: () => ["anaconda-project prepare", "conda activate ./envs/default"],
    install: () => [],
  },
];

/** Options that make a tool choose other versions than its lock has, or none of it. */
const anew =
  /^(?:--upgrade(?:-package)?|-U|-P|--update\S*|--no-lock|--skip-lock|--no-project|--isolated)(?:=|$)/u;

/** Whether a shell line is one of a tool that installs from a lock of this format by itself. */
export function findsLock(format: string, line: string): boolean {
  const words = shellWords(line.replace(/^\S*python[\d.]*\s+-m\s+/u, ""));
  return installerOf(format)?.finds(words) === true && !words.some((word) => anew.test(word));
}

/** How people install from a lock of this format. */
export function installerOf(format: string): LockInstaller | undefined {
  return lockInstallers.find((one) => one.format === format);
}
