import { makeFinding, type Finding } from "../../model/index.ts";
import { claimed, missing, type Check } from "../define.ts";
import { specFiles } from "../spec-files.ts";
import { reachableSources } from "../../inference/index.ts";
import type { Subject } from "../subject.ts";
import { contradictions } from "./contradictions.ts";
import { installsAtRunTime } from "./run-time-installs.ts";

/** Level 2: the commands stand in a file meant for machines, not in prose or in a guess. */
export function commandsForMachines(subject: Subject): Check {
  const { commands, documents } = subject.project;
  const prose = commands.filter(
    (command) =>
      command.origin === "guessed" ||
      (command.location !== null && documents.includes(command.location.file)),
  );
  if (commands.length > 0 && prose.length === 0) {
    return {
      evidence: claimed("commands-for-machines", `${commands.length} in ${sourcesOf(subject)}`),
      findings: [],
    };
  }
  const finding = makeFinding(
    "commands-not-machine-readable",
    "error",
    commands.length === 0
      ? "No commands are declared"
      : `Only prose or a guess names: ${prose.map((item) => item.run).join(", ")}`,
    {
      why: "A machine cannot know what to run, in which order.",
      fix: "Write them into rung.toml (rung init, or rung climb 2).",
    },
  );
  return { evidence: missing("commands-for-machines", finding.message), findings: [finding] };
}

function sourcesOf(subject: Subject): string {
  return [...new Set(subject.project.commands.map((command) => command.location?.file ?? "rung.toml"))].join(
    ", ",
  );
}

/** Level 2: the environment is declared, with its Python version. */
export function environmentForMachines(subject: Subject): Check {
  const { project } = subject;
  const spec = specFiles(project);
  if (spec.length === 0 && reachableSources(subject).size > 0) {
    return { evidence: missing("environment-declared", "no file declares what to install"), findings: [] };
  }
  const findings = [...contradictions(project, "error"), ...installsAtRunTime(subject)];
  const faults = findings.filter(({ severity }) => severity === "error");
  if (faults.length > 0) {
    const summary = faults.map(({ message }) => message).join("; ");
    return { evidence: missing("environment-declared", summary), findings };
  }
  if (project.python !== null) {
    const { specifier, location } = project.python;
    const summary = `${spec.join(", ") || "no packages"}, Python ${specifier} (${location.file})`;
    return { evidence: claimed("environment-declared", summary), findings };
  }
  const finding = makeFinding("python-not-stated", "error", "No file states which Python to use", {
    file: spec[0] ?? null,
    why: "The same packages behave differently, or do not install, on another Python.",
    fix: `Say python = "3.11" in rung.toml, or ${/\.ya?ml$/u.test(spec[0] ?? "") ? `python=3.11 among the packages of ${spec[0] ?? ""}` : "requires-python in pyproject.toml"}.`,
  });
  return { evidence: missing("environment-declared", finding.message), findings: [finding] };
}

/** Level 2: what is downloaded is declared with where and, so that it can be checked, its digest. */
export function downloadsDeclared(subject: Subject): Check {
  const unchecked = Object.entries(subject.project.config.data).filter(
    ([, data]) => data.url !== undefined && data.sha256 === undefined,
  );
  const undigested = unchecked.map(([path]) =>
    makeFinding("download-without-digest", "error", `${path} is downloaded and has no sha256`, {
      file: subject.project.configFile,
      why: "Without a digest nobody can tell whether the same data came.",
      fix: `Add sha256 to [data."${path}"].`,
    }),
  );
  const findings = [...undigested, ...uncheckedDownloads(subject), ...undeclaredDownloads(subject)];
  return findings.length === 0
    ? { evidence: claimed("downloads-declared", downloadsText(subject)), findings }
    : {
        evidence: missing("downloads-declared", findings.map(({ message }) => message).join("; ")),
        findings,
      };
}

/** What is to be fetched before the commands run, by name. */
function downloadsText({ project }: Subject): string {
  const own = Object.entries(project.config.data).flatMap(([path, { url }]) =>
    url === undefined ? [] : [`${path} from ${url}`],
  );
  const named = project.manifests
    .flatMap(({ downloads }) => downloads)
    .map(({ path, url }) => (path === null ? url : `${path} from ${url}`));
  const all = [...new Set([...own, ...named])];
  return all.length === 0 ? "none" : `to be fetched, each with its digest: ${all.join(", ")}`;
}

/** A digest that nobody can forge: neither md5 nor sha1 is one. */
const isStrong = (digest: string | null): boolean => /^sha(?:224|256|384|512):/u.test(digest ?? "");

/** Downloads that a manifest declares (anaconda-project.yml) without such a digest, where rung.toml has none for them. */
function uncheckedDownloads({ project }: Subject): readonly Finding[] {
  return project.manifests
    .flatMap(({ downloads }) => downloads)
    .filter(({ path, digest }) => {
      const own = path === null ? undefined : project.config.data[path];
      return !isStrong(digest) && own?.sha256 === undefined;
    })
    .map(({ path, url, digest, location }) =>
      makeFinding(
        "download-without-digest",
        "error",
        `${path ?? url} is downloaded and has ${digest === null ? "no sha256" : "only a digest that can be forged"}`,
        {
          ...location,
          why: "Without a digest nobody can tell whether the same data came.",
          fix: "Add sha256 to it.",
        },
      ),
    );
}

/** Commands that reach for the network, where nothing says what they fetch. */
function undeclaredDownloads({ project }: Subject): readonly Finding[] {
  const { commands, config } = project;
  if (Object.values(config.data).some(({ url, sha256 }) => url !== undefined && sha256 !== undefined))
    return [];
  if (project.manifests.some(({ downloads }) => downloads.some(({ digest }) => isStrong(digest)))) return [];
  return commands
    .filter(({ network }) => network)
    .map(({ name, location }) =>
      makeFinding(
        "download-undeclared",
        "error",
        `${name} needs the network, and nothing says what it fetches`,
        {
          file: location?.file ?? project.configFile,
          line: location?.line ?? null,
          why: "What the network gives can change or go; without a declared place and digest nobody can tell whether the same data came.",
          fix: '[data."PATH"] with url and sha256 for each file that it fetches; or put the data into the project and take network = true away.',
        },
      ),
    );
}
