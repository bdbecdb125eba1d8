import { makeFinding, type Command, type Finding, type Need, type Project } from "../model/index.ts";
import { standardLibrary, type ImportContext, type SourceFacts } from "../source/index.ts";
import { declaredDistributions } from "./declared.ts";
import { folderOf, namesByFolder } from "./import-roots.ts";
import { installNeeds } from "./install-needs.ts";
import { nearMiss } from "./near-misses.ts";
import { needsOfCalls } from "./needs-of-calls.ts";
import { overDeclared } from "./over-declared.ts";
import { reachFrom } from "./reach.ts";
import { resolveModule, type KnownModules } from "./resolve-module.ts";
import { wrongMappings } from "./wrong-mappings.ts";
import { minorVersion, thirdPartyImports, type ThirdPartyImport } from "./third-party.ts";

export interface InferenceRequest extends KnownModules {
  readonly project: Project;
  readonly sources: ReadonlyMap<string, SourceFacts>;
  /** What is to run: needs are those of the code that these reach. */
  readonly commands: readonly Command[];
}

export interface Inference {
  /** Each distribution once; sorted by distribution, those without one last. */
  readonly needs: readonly Need[];
  readonly findings: readonly Finding[];
}

/**
 * The distributions that the commands need: by what their code imports, installs and calls. Nothing is run, and no
 * index is asked. What is ambiguous, doubtful or taken on the name's word alone is in the findings.
 */
export function inferNeeds(request: InferenceRequest): Inference {
  const { commands } = request;
  const reached = reachFrom(request, commands).sources;
  const installs = installNeeds(reached);
  const declared = declaredDistributions(request.project);
  const stated = new Set([...declared, ...installs.flatMap(({ candidates }) => candidates)]);
  const findings: Finding[] = [];
  const needs = new Map<string, Need>();
  for (const item of distinct(thirdPartyImports(request, commands))) {
    for (const { need, finding } of needsOfImport(request, item, stated)) {
      if (finding !== null) findings.push(finding);
      merge(needs, need);
    }
  }
  for (const need of [...installs, ...needsOfCalls(reached)]) {
    const distribution = need.distribution ?? "";
    if (need.known !== "install-line" && declared.has(distribution))
      merge(needs, { ...need, known: "declared" });
    else merge(needs, need);
  }
  const all = [...needs.values()].sort(byDistribution);
  findings.push(
    ...shadowedModules(request, reached),
    ...overDeclared(request, all),
    ...wrongMappings(all, request),
  );
  return { needs: all, findings: unique(findings) };
}

/** Imports of the same name, from which the same is taken, with the strongest of their contexts first. */
function distinct(imports: readonly ThirdPartyImport[]): readonly ThirdPartyImport[] {
  const found = new Map<string, ThirdPartyImport>();
  for (const item of imports) {
    const key = `${item.fact.module} ${item.fact.names.join(" ")}`;
    const earlier = found.get(key);
    if (
      earlier === undefined ||
      strength(contextOf(item.fact.context)) > strength(contextOf(earlier.fact.context))
    )
      found.set(key, item);
  }
  return [...found.values()];
}

function needsOfImport(
  request: InferenceRequest,
  item: ThirdPartyImport,
  stated: ReadonlySet<string>,
): readonly { readonly need: Need; readonly finding: Finding | null }[] {
  const { fact, file } = item;
  const location = { file, line: fact.line };
  const context = contextOf(fact.context);
  const resolutions = namesIn(item).map((name) => resolveModule(name, request, stated));
  return [...new Map(resolutions.map((one) => [one.module, one])).values()].map((resolution) => {
    const { module, known } = resolution;
    const need: Need = {
      ...resolution,
      context,
      reason: `${module} is imported${how[fact.context]}`,
      location,
    };
    const isSettled = known === "installed" || known === "pinned" || known === "declared";
    const miss = isSettled || context === "optional" ? null : nearMiss(request, item);
    if (miss !== null && (miss.isCertain || known === "same-name")) {
      const reason = `${need.reason}; ${miss.finding.message}`;
      return { need: { ...need, distribution: null, known: "unknown", reason }, finding: miss.finding };
    }
    if (need.distribution === null) return { need, finding: ambiguous(need) };
    return { need, finding: known === "same-name" ? byNameAlone(need) : null };
  });
}

/** The names that one import has to look up: what it takes counts with it, since its module may be a namespace. */
function namesIn({ fact }: ThirdPartyImport): readonly string[] {
  const names = fact.names.filter((name) => name !== "*").map((name) => `${fact.module}.${name}`);
  return names.length > 0 ? names : [fact.module];
}

const how: Readonly<Record<ImportContext, string>> = {
  top: "",
  conditional: " under a condition",
  optional: " where it is there",
  function: " in a function",
  "type-checking": " for type checkers",
  dynamic: " by its name in a string",
};

function contextOf(context: ImportContext): Need["context"] {
  if (context === "top" || context === "function") return "always";
  return context === "type-checking" ? "optional" : context;
}

const order: readonly Need["context"][] = ["hidden", "optional", "dynamic", "conditional", "always"];

const strength = (context: Need["context"]): number => order.indexOf(context);

/** Adds a need: two of one distribution are one, the stronger, with the versions that either asks for. */
function merge(needs: Map<string, Need>, need: Need): void {
  const key = need.distribution ?? `? ${need.module}`;
  const earlier = needs.get(key);
  if (earlier === undefined) {
    needs.set(key, need);
    return;
  }
  const [stronger, weaker] =
    strength(need.context) > strength(earlier.context) ? [need, earlier] : [earlier, need];
  const specifier = stronger.specifier ?? weaker.specifier;
  needs.set(key, specifier === undefined ? stronger : { ...stronger, specifier });
}

function byDistribution(a: Need, b: Need): number {
  const [one, two] = [a, b].map(({ distribution, module }) => distribution ?? `~ ${module}`);
  return (one ?? "") < (two ?? "") ? -1 : 1;
}

function ambiguous({ module, candidates, location }: Need): Finding {
  const message =
    candidates.length === 0
      ? `${module} is shared by many distributions, and nothing says which is meant`
      : `${module} may come from ${candidates.join(", ")}`;
  return makeFinding("ambiguous-module", "warning", message, {
    ...location,
    why: "Several distributions bring a module of this name, and no declaration says which is meant.",
    fix: "Declare the one that is meant.",
  });
}

function byNameAlone({ module, distribution, location }: Need): Finding {
  return makeFinding(
    "inferred-by-name",
    "info",
    `${module} is taken to come from ${distribution ?? module}: by its name alone`,
    {
      ...location,
      why: "A distribution of the same name on the index may be something else, or not be there at all.",
      fix: "Declare what provides it.",
    },
  );
}

/** Standard modules that a file of the project hides from the scripts beside it. */
function shadowedModules(
  request: InferenceRequest,
  reached: ReadonlyMap<string, SourceFacts>,
): readonly Finding[] {
  const standard = standardLibrary(minorVersion(request.project));
  const byFolder = namesByFolder(request.project);
  return Array.from(new Set(Array.from(reached.keys(), folderOf))).flatMap((folder) => {
    if (request.sources.has(folder === "" ? "__init__.py" : `${folder}/__init__.py`)) return [];
    return Array.from(byFolder.get(folder) ?? []).flatMap((name) => {
      const path = `${folder === "" ? "" : `${folder}/`}${name}.py`;
      if (!standard.has(name) || !request.sources.has(path) || name.startsWith("_")) return [];
      const by = Array.from(reached).find(
        ([file, facts]) => folderOf(file) === folder && imports(facts, name),
      );
      if (by === undefined) return [];
      return [
        makeFinding("shadowed-module", "warning", `${path} hides Python's own module ${name}`, {
          file: path,
          why: `${by[0]} imports ${name}, and so may the libraries that it uses: all of them get this file.`,
          fix: "Rename the file.",
        }),
      ];
    });
  });
}

function imports(facts: SourceFacts, name: string): boolean {
  const python = facts.kind === "python" ? facts : facts.python;
  return python.imports.some(({ level, module }) => level === 0 && module.split(".")[0] === name);
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.rule} ${finding.message}`, finding])).values()];
}
