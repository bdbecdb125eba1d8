import { pypiName } from "../manifests/index.ts";
import { makeFinding, type Finding, type Manifest, type Need } from "../model/index.ts";
import { codeOf } from "../source/index.ts";
import type { CodeBase } from "./code-base.ts";
import { matchModule } from "./distributions.ts";
import { isEngine } from "./engines.ts";
import type { KnownModules } from "./resolve-module.ts";

/** Programs and plugins that are declared for what they do, and imported by nobody. */
const tools =
  /^(?:jupyter.*|notebook|nb.*|ipykernel|ipython|voila|pytest.*|tox.*|nox|coverage|hypothesis|black.*|isort|ruff|flake8.*|pylint.*|mypy.*|pyright|pre-commit|sphinx.*|mkdocs.*|myst-.*|twine|build|hatch.*|poetry.*|pdm.*|uv|virtualenv|pipenv|conda.*|mamba|anaconda-.*|setuptools.*|wheel|pip.*|cython|cmake|ninja|dvc.*|mlflow.*|snakemake.*|gunicorn|uvicorn|waitress|papermill|jupytext|rise|watermark|autopep8|yapf|bandit|types-.*|.*-stubs|stubs-.*|python|nodejs|tzdata|certifi|kaleido|line-profiler|memory-profiler|snakeviz|debugpy|rung)$/u;

/**
 * What a spec declares and nothing of the project uses: no import in any of its files, no call that needs it, no
 * command that runs it. One finding for each file that declares; an information, since plugins are found by nobody.
 */
export function overDeclared(request: CodeBase & KnownModules, needs: readonly Need[]): readonly Finding[] {
  if (request.sources.size === 0) return [];
  const used = new Set(needs.flatMap(({ distribution, candidates }) => [distribution ?? "", ...candidates]));
  const names = new Set<string>();
  for (const facts of request.sources.values()) {
    for (const { module, names: taken } of codeOf(facts).imports)
      for (const name of [module, ...taken.map((one) => `${module}.${one}`)]) names.add(name);
  }
  const imported = new Set<string>();
  for (const name of names) {
    for (const candidate of matchModule(name).candidates) used.add(candidate);
    imported.add(name.split(".")[0] ?? "");
  }
  for (const [module, owners] of [...(request.installed ?? []), ...request.pinned.owners])
    if (imported.has(module)) for (const owner of owners) used.add(owner);
  const lines = [
    ...request.project.commands.map(({ run }) => run),
    ...request.project.manifests.flatMap(({ commands }) => commands.map(({ run }) => run)),
  ].join("\n");
  return request.project.manifests
    .filter(({ isLock }) => !isLock)
    .flatMap((manifest) => {
      const idle = idleIn(manifest, used).filter((name) => !lines.includes(name));
      return idle.length === 0 ? [] : [toFinding(manifest, idle)];
    });
}

function idleIn({ requirements }: Manifest, used: ReadonlySet<string>): readonly string[] {
  const names = requirements
    .filter(({ group, name, marker }) => group === "" && name !== "" && marker === null)
    .map(({ ecosystem, name }) => (ecosystem === "conda" ? (pypiName(name) ?? "") : name));
  return [...new Set(names)].filter(
    (name) => name !== "" && !used.has(name) && !tools.test(name) && !isEngine(name),
  );
}

function toFinding({ path, requirements }: Manifest, idle: readonly string[]): Finding {
  const shown =
    idle.length > 8 ? `${idle.slice(0, 8).join(", ")} and ${idle.length - 8} more` : idle.join(", ");
  const line = requirements.find(({ name }) => name === idle[0])?.location.line ?? null;
  return makeFinding("over-declared", "info", `declared and never imported: ${shown}`, {
    file: path,
    line,
    why: "Each package more is one more that must be had, and that may contradict the others, wherever this is installed.",
    fix: "Leave out what is neither imported nor used as a program or plugin; a lock is the place for recursive pins.",
  });
}
