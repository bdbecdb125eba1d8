import type { Manifest, Need, Requirement } from "../model/index.ts";
import { asPypi } from "./as-pypi.ts";
import type { Asked } from "./attempt.ts";

/** What a file declares beside what is started from, and where. */
export interface DeclaredBeside {
  readonly asked: readonly Asked[];
  /** "pyproject.toml declares it for dev" */
  readonly sentence: string;
}

/**
 * A need that no run-time declaration covers, as another file or another group declares it: a development group, an
 * extra, requirements-dev.txt. What extends it there (pytest-mock beside pytest) comes along, since the code written for
 * the one rests on the other. A lock's version counts before a range. Null where nothing declares it.
 */
export function declaredBeside(
  need: Need,
  manifests: readonly Manifest[],
  spec: Manifest | null,
): DeclaredBeside | null {
  const wanted = new Set([need.distribution ?? "", ...(need.distribution === null ? need.candidates : [])]);
  for (const manifest of manifests) {
    if (manifest.isLock) continue;
    const beside = manifest.requirements.filter(
      ({ group }) => group !== "build-system" && (manifest !== spec || group !== ""),
    );
    const found = beside.find((requirement) => wanted.has(asPypi(requirement)?.name ?? ""));
    const name = found === undefined ? undefined : asPypi(found)?.name;
    if (found === undefined || name === undefined) continue;
    const extended = beside.filter(
      (requirement) => requirement.group === found.group && asPypi(requirement)?.name.startsWith(`${name}-`),
    );
    const asked = [found, ...extended].flatMap((requirement) => asAsked(requirement, manifests));
    const group = found.group === "" ? "" : ` for ${found.group}`;
    return { asked, sentence: `${manifest.path} declares it${group}` };
  }
  return null;
}

function asAsked(requirement: Requirement, manifests: readonly Manifest[]): readonly Asked[] {
  const onIndex = asPypi(requirement);
  if (onIndex === null) return [];
  const locked = manifests
    .filter(({ isLock }) => isLock)
    .flatMap(({ requirements }) => requirements)
    .map((one) => asPypi(one))
    .find((one) => one?.name === onIndex.name);
  const { location } = requirement;
  return [{ name: onIndex.name, text: locked?.text ?? onIndex.text, location, origin: "inferred" }];
}
