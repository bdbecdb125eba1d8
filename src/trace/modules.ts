import { installedModules, type ModuleOwners } from "../inference/index.ts";
import type { Environment, TracedModule } from "../model/index.ts";
import { cacheDirectory, exists, readText, sha256, writeAtomic } from "../system/index.ts";
import type { Areas } from "./areas.ts";
import type { SeenModule } from "./fold/modules.ts";

const asked = new Map<string, ModuleOwners>();

/**
 * What was imported from the environment and from the tree, by top-level name, with the distribution that brought it and
 * its version. The standard library is left out: it is Python's.
 */
export function tracedModules(
  seen: readonly SeenModule[],
  areas: Areas,
  environment: Environment,
): readonly TracedModule[] {
  const found = new Map<string, TracedModule>();
  for (const module of seen) {
    const top = module.name.split(".")[0] ?? module.name;
    const place = areas(module.file);
    if (place === null || !["environment", "tree", "outside"].includes(place.area)) continue;
    const distribution = place.area === "environment" ? distributionOf(module.name, environment) : null;
    const key = `${top}\0${distribution ?? ""}`;
    const isFirst = !found.has(key) || module.name === top;
    if (!isFirst) continue;
    const version = distribution === null ? null : (environment.packages[distribution] ?? null);
    found.set(key, { name: top, distribution, version, file: place.path });
  }
  return withoutDoubles([...found.values()]).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A module whose distribution is known needs no second line for a part that nobody claims. */
function withoutDoubles(modules: readonly TracedModule[]): TracedModule[] {
  const known = new Set(modules.flatMap(({ name, distribution }) => (distribution === null ? [] : name)));
  return modules.filter(({ name, distribution }) => distribution !== null || !known.has(name));
}

/** The longest part of the name that one distribution brings; null where several do, or none. */
function distributionOf(name: string, environment: Environment): string | null {
  const installed = installedIn(environment);
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const owners = installed.get(parts.slice(0, length).join("."));
    if (owners === undefined) continue;
    const [only] = owners;
    if (owners.length === 1 && only !== undefined) return only;
    // Several bring parts of a namespace; one that is installed under the module's own name is it.
    return owners.find((owner) => owner.replaceAll("-", "_") === parts[0]) ?? null;
  }
  return null;
}

/** Reads ahead what the distributions of an environment brought, while a run in it goes on. */
export function readAhead(environment: Environment): void {
  installedIn(environment);
}

/** Asked once for each state of an environment, and remembered: it reads what every distribution installed. */
function installedIn(environment: Environment): ModuleOwners {
  const key = JSON.stringify([environment.prefix, environment.digest, environment.packages]);
  const known = asked.get(key);
  if (known !== undefined) return known;
  const file = cacheDirectory("module-owners", `${sha256(key).slice(0, 32)}.json`);
  const installed = remembered(file) ?? installedModules(environment);
  asked.clear();
  asked.set(key, installed);
  try {
    if (!exists(file)) writeAtomic(file, JSON.stringify([...installed]));
  } catch {
    // A full disk or a read-only cache: it is read anew next time.
  }
  return installed;
}

function remembered(file: string): ModuleOwners | null {
  try {
    return exists(file) ? new Map(JSON.parse(readText(file)) as [string, string[]][]) : null;
  } catch {
    return null;
  }
}
