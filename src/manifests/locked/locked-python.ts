import type { Manifest, Requirement } from "../../model/index.ts";

/** The Python that a conda lock installs; null where it holds none, or another for some platform. */
export function lockedPython(requirements: readonly Requirement[]): Manifest["python"] {
  const pythons = requirements.filter(({ ecosystem, name }) => ecosystem === "conda" && name === "python");
  const [first] = pythons;
  if (first === undefined || !/^==\d+(?:\.\d+)*$/u.test(first.specifier)) return null;
  return pythons.every(({ specifier }) => specifier === first.specifier)
    ? { specifier: first.specifier, location: first.location }
    : null;
}
