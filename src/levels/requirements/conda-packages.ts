import { matchModule } from "../../inference/index.ts";
import { normaliseName, pypiName } from "../../manifests/index.ts";
import { makeFinding, type Finding, type Manifest, type Need, type Requirement } from "../../model/index.ts";

/** What an environment has by itself, and what only steers conda: nothing that the index would have to give. */
const ofItself =
  /^(?:python|pip|wheel|conda|mamba|micromamba|anaconda-project|conda-project|conda-build|conda-env|nb_conda|nb_conda_kernels|nomkl|cpuonly|blas|tzdata|ca-certificates|python_abi|python\.app|vc|vs20\d\d_runtime|pytorch-mutex|_.*)$/u;

/** Packages of conda for which the Python index has no counterpart: compilers, system libraries, other languages'. */
function condaOnly(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.filter(
    ({ ecosystem, name, group }) =>
      ecosystem === "conda" && group === "" && pypiName(name) === null && !ofItself.test(name),
  );
}

/**
 * Says of a manifest with conda packages that they are had from the Python index, which channels were not asked, and what
 * the index does not have. Null for a manifest without any.
 */
export function condaFromIndex({ path, requirements, indexes }: Manifest): Finding | null {
  const asked = requirements.filter(({ ecosystem, group }) => ecosystem === "conda" && group === "");
  const first = asked.find(({ name }) => pypiName(name) !== null);
  const lacking = condaOnly(asked);
  const place = lacking[0] ?? first;
  if (place === undefined) return null;
  const channels = [...new Set(indexes.filter(({ kind }) => kind === "channel").map(({ url }) => url))];
  const names = [...new Set(lacking.map(({ name }) => name))];
  const shown =
    names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
  return makeFinding(
    "conda-from-index",
    names.length === 0 ? "info" : "warning",
    `${path} names conda packages, which are installed from the Python index${names.length === 0 ? "" : `; it has no ${shown}`}`,
    {
      ...place.location,
      why: `conda's channels${channels.length === 0 ? "" : ` (${channels.join(", ")})`} are not asked: their builds, and the libraries that these are linked with, may give other numbers.`,
      fix:
        names.length === 0
          ? "Nothing, where the proof holds. Where conda's own builds matter, activate an environment that conda made: level 0 runs in it."
          : "See that the code runs without them, or that they are on every machine that it runs on.",
    },
  );
}

/** A package of conda alone that the code imports: the need, and where it is declared. */
export interface CondaImport {
  readonly need: Need;
  readonly declared: Requirement;
}

export function condaImports(
  needs: readonly Need[],
  requirements: readonly Requirement[],
): readonly CondaImport[] {
  const only = condaOnly(requirements);
  return needs.flatMap((need) => {
    const module = normaliseName(need.module.split(".")[0] ?? "");
    const declared = only.find(({ name }) => normaliseName(name) === module);
    // Where the index is known to bring the module, conda's package of that name is the library below it.
    if (declared === undefined || matchModule(need.module).known === "table") return [];
    return [{ need, declared }];
  });
}

export function condaImportFinding({ need, declared }: CondaImport): Finding {
  const place =
    need.location.line === null ? need.location.file : `${need.location.file}:${need.location.line}`;
  return makeFinding(
    "conda-only-import",
    need.context === "optional" ? "warning" : "error",
    `${need.module} is imported (${place}), and only conda has ${declared.name}`,
    {
      ...declared.location,
      why: "Environments are made from the Python index, which holds no such package: the import fails in them.",
      fix: "Run level 0 in a conda environment of your own, or use what the Python index has.",
    },
  );
}
