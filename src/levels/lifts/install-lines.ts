import { posix } from "node:path";
import type { InstructionsDraft } from "../../manifests/index.ts";
import { installerOf } from "../lock-installers.ts";
import { needsItself } from "../own-package.ts";
import type { LockedVersions } from "../spec-files.ts";
import type { Subject } from "../subject.ts";

/** A lock that readers install from, by its path and its format. */
export type FollowedLock = Pick<LockedVersions, "path" | "format">;

/** How a reader installs a spec, by its name. */
const installers: readonly (readonly [name: RegExp, line: (path: string) => string])[] = [
  [/^(?:pyproject\.toml|setup\.py|setup\.cfg)$/u, () => "python -m pip install ."],
  [/^Pipfile$/u, () => "pipenv install"],
  [/^/u, (path) => `python -m pip install -r ${path}`],
];

/** What a README says on how to install: from the lock where one is followed, else from the spec, and for notebooks what
 *  runs them without a browser. */
export function installInstructions(
  subject: Subject,
  spec: string | null,
  lock: FollowedLock | null,
): Pick<InstructionsDraft, "environment" | "install" | "program"> {
  const { name, commands } = subject.project;
  const notebooks = commands.some(({ kind }) => kind === "notebook")
    ? ["python -m pip install nbconvert ipykernel"]
    : [];
  const environmentName = name.replaceAll(/[^\w.-]+/gu, "-");
  const installer = lock === null ? undefined : installerOf(lock.format);
  if (lock !== null && installer !== undefined) {
    const isOwnNeeded = needsItself(subject);
    const use = { path: lock.path, name: environmentName, isOwnNeeded };
    const environment = installer.environment?.(use);
    const own = isOwnNeeded && !installer.bringsProject ? ["python -m pip install --no-deps ."] : [];
    return {
      ...(environment === undefined ? {} : { environment }),
      ...(installer.program === null ? {} : { program: installer.program }),
      install: [...installer.install(use), ...own, ...notebooks],
    };
  }
  if (spec === null) return { install: notebooks };
  if (/\.ya?ml$/u.test(spec)) {
    const environment = [
      `conda env create --name ${environmentName} --file ${spec}`,
      `conda activate ${environmentName}`,
    ];
    return { environment, install: notebooks };
  }
  const line = installers.find(([named]) => named.test(posix.basename(spec)))?.[1](spec);
  return { install: [...(line === undefined ? [] : [line]), ...notebooks] };
}
