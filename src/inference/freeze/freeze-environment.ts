import { installedDistributions } from "../../environments/index.ts";
import { dependenciesHere } from "../../lock/index.ts";
import {
  makeFinding,
  ToolError,
  type Environment,
  type Finding,
  type Need,
  type Project,
} from "../../model/index.ts";
import type { CodeBase } from "../code-base.ts";
import { pypiName } from "../declared.ts";
import { commandsToRead } from "../commands-to-read.ts";
import { inferNeeds } from "../infer-needs.ts";
import { installedModules } from "../installed-modules.ts";
import { pinnedModules } from "../pinned-modules.ts";
import { readCodeBase } from "../read-code-base.ts";
import { condaPackages, type CondaPackage } from "../conda-packages.ts";
import { chooseEnvironment, type EnvironmentChoice } from "./choose-environment.ts";
import { originsIn } from "./origins.ts";
import { pinOf } from "./pin-of.ts";

/** One installed package, pinned. */
export interface FrozenPackage {
  /** Normalised as PEP 503 says, or as conda has it. */
  readonly name: string;
  readonly version: string;
  readonly ecosystem: "pypi" | "conda";
  /** The requirement that asks for exactly this: "numpy==1.26.4", "x @ git+https://…@commit", "-e ./lib". */
  readonly pin: string;
  /** The packages that need it; empty for what the project itself needs. */
  readonly via: readonly string[];
}

/** A live environment, as pins. */
export interface Frozen {
  readonly environment: Environment;
  /** What the project's commands need themselves, then what these need in turn; each sorted by name. */
  readonly direct: readonly FrozenPackage[];
  readonly recursive: readonly FrozenPackage[];
  /** The channels of the conda packages among them. */
  readonly channels: readonly string[];
  readonly findings: readonly Finding[];
}

/** What installs the others, and is left out of a whole environment as `pip freeze` leaves it out. */
const installers = new Set(["pip", "setuptools", "wheel", "distribute", "uv"]);

/**
 * Pins what is installed in an environment: all of it, or what the project's commands need with all that this depends on
 * (Requires-Dist, with the markers and extras that hold for its Python). Reads files only; nothing is imported.
 */
async function freezeEnvironment(
  code: CodeBase,
  environment: Environment,
  options: { readonly all: boolean },
): Promise<Frozen> {
  const { prefix, interpreter } = environment;
  const installed = new Map(installedDistributions(environment).map((one) => [one.name, one]));
  const conda = new Map(condaPackages(prefix).map((one) => [pypiName(one.name), one]));
  const versions = new Map(Object.entries(environment.packages));
  for (const { name, version } of conda.values())
    if (!versions.has(pypiName(name))) versions.set(pypiName(name), version);
  const inference = inferNeeds({
    ...code,
    commands: commandsToRead(code),
    installed: installedModules(environment),
    pinned: pinnedModules(code.project),
  });
  const needed = directNames(inference.needs, versions);
  const wanted = dependenciesHere(
    installed,
    withExtras(options.all ? versions.keys() : needed.names, code),
    interpreter.version,
  );
  const via = new Map<string, Set<string>>();
  for (const { by, requirement } of wanted)
    via.set(requirement.name, (via.get(requirement.name) ?? new Set()).add(by.name));
  const isDirect = (name: string): boolean => (options.all ? !via.has(name) : needed.names.has(name));
  const all = options.all
    ? [...versions.keys()].filter((name) => !installers.has(name))
    : [...needed.names, ...via.keys()];
  const names = [...new Set(all)].filter((name) => versions.has(name) && name !== "python").sort();
  const origins = originsIn(prefix);
  const findings: Finding[] = [
    ...needed.findings,
    ...inference.findings.filter(({ rule }) => rule !== "over-declared" && rule !== "inferred-by-name"),
  ];
  const packages: FrozenPackage[] = [];
  for (const name of names) {
    const version = versions.get(name) ?? "";
    const because = isDirect(name) ? [] : [...(via.get(name) ?? [])].sort();
    const fromConda = conda.get(name);
    if (fromConda !== undefined) packages.push({ ...condaPin(fromConda), via: because });
    else {
      const pinned = await pinOf({
        name,
        version,
        origin: origins.get(name) ?? null,
        root: code.project.root,
      });
      findings.push(...pinned.findings);
      packages.push({ name, version, ecosystem: "pypi", pin: pinned.pin, via: because });
    }
  }
  return {
    environment,
    direct: packages.filter(({ name }) => isDirect(pypiName(name))),
    recursive: packages.filter(({ name }) => !isDirect(pypiName(name))),
    channels: channelsOf(conda, names),
    findings,
  };
}

interface Direct {
  readonly names: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** What is needed and installed; what is needed and not there is said. */
function directNames(needs: readonly Need[], versions: ReadonlyMap<string, string>): Direct {
  const names = new Set<string>();
  const findings: Finding[] = [];
  for (const need of needs) {
    const found = [need.distribution ?? "", ...need.candidates].find((name) => versions.has(name));
    if (found !== undefined) names.add(found);
    else if (need.context !== "optional" && need.context !== "hidden")
      findings.push(
        makeFinding(
          "needed-not-installed",
          "warning",
          `${need.module || (need.distribution ?? "")} is needed and not installed here`,
          {
            ...need.location,
            why: "What is frozen would not run the project.",
            fix: "Install it in the environment, or freeze the one that the project runs in.",
          },
        ),
      );
  }
  return { names, findings };
}

/** Distributions with the extras that the project declares of them. */
function withExtras(
  names: Iterable<string>,
  { project }: CodeBase,
): readonly { readonly name: string; readonly extras: readonly string[] }[] {
  const declared = project.manifests.flatMap(({ requirements }) => requirements);
  return Array.from(names, (name) => ({
    name,
    extras: declared.filter((requirement) => requirement.name === name).flatMap(({ extras }) => extras),
  }));
}

function condaPin({ name, version, build }: CondaPackage): Omit<FrozenPackage, "via"> {
  return { name, version, ecosystem: "conda", pin: `${name}=${version}${build === "" ? "" : `=${build}`}` };
}

function channelsOf(conda: ReadonlyMap<string, CondaPackage>, names: readonly string[]): readonly string[] {
  const channels = names.map((name) => conda.get(name)?.channel ?? "");
  return [...new Set(channels)].filter((channel) => channel !== "" && channel !== "pypi").sort();
}

/** Freezes the environment that is meant (see chooseEnvironment) for the project in a directory. */
export async function freezeProject(
  directory: string,
  choice: EnvironmentChoice & { readonly all: boolean },
): Promise<{ readonly project: Project; readonly frozen: Frozen }> {
  const code = await readCodeBase(directory);
  const environment = await chooseEnvironment(code, choice);
  const frozen = await freezeEnvironment(code, environment, choice);
  const isNamed = choice.place !== null || choice.kernel !== null;
  if (environment.source === "interpreter" && !isNamed) refuseEmpty(frozen);
  return { project: code.project, frozen };
}

/** Where no environment is named or found, the bare Python is frozen; one that has nothing of what is needed is not meant. */
function refuseEmpty({ environment, direct, recursive, findings }: Frozen): void {
  const missing = findings.filter(({ rule }) => rule === "needed-not-installed");
  const [first] = missing;
  if (first === undefined || direct.length + recursive.length > 0) return;
  const { version } = environment.interpreter;
  const more = missing.length === 1 ? "" : `, and ${missing.length - 1} more`;
  throw new ToolError(
    "INTERPRETER_MISSING",
    `There is no environment to freeze: none was found, and Python ${version} as it is installed has nothing of what the code needs (${first.message}${more})`,
    {
      hint: "Install what the project needs into .venv or activate its environment, or name it: rung freeze --environment PATH. rung infer says what is needed.",
      ...(first.file === null
        ? {}
        : { location: { file: first.file, ...(first.line === null ? {} : { line: first.line }) } }),
    },
  );
}
