import type { Subject } from "../levels/index.ts";
import { acceptsRequirements, addRequirements, pinRequirements } from "../manifests/index.ts";
import type { Change, Manifest } from "../model/index.ts";
import { chooseSpec } from "../project/index.ts";
import { exists, joinPath, readText } from "../system/index.ts";
import { directNames } from "./direct-names.ts";
import type { Prepared } from "./attempt.ts";
import type { RevivedGroup } from "./revive-group.ts";

/** What to install, as it is to stand in the project. */
export interface LiftedSpec {
  readonly changes: readonly Change[];
  /** The file that names it all, relative to the root, and its text. */
  readonly path: string;
  readonly text: string;
}

const why = "the direct dependencies, each with the version that it ran with";

/** The direct dependencies with their versions: in the owner's own file where it takes them, else in a requirements.txt. */
export function liftSpec(
  { project }: Pick<Subject, "project">,
  group: RevivedGroup,
  prepared: Prepared,
): LiftedSpec {
  const spec = chooseSpec(group.manifests, group.folder);
  const own = spec !== null && takesPins(project.root, spec) ? spec.path : null;
  const path = own ?? (group.folder === "" ? "requirements.txt" : `${group.folder}/requirements.txt`);
  const read = (file: string): string | null => {
    const place = joinPath(project.root, file);
    return exists(place) ? readText(place) : null;
  };
  const before = read(path);
  const direct = directNames(group.attempt, spec).filter((name) => prepared.pins.has(name));
  const pins = new Map(direct.map((name) => [name, prepared.pins.get(name) ?? ""]));
  // Those that stand in files which this one includes are pinned there.
  const included = group.attempt.asked.filter(
    ({ origin, location }) => origin === "declared" && location.file !== path,
  );
  const others = own === null ? [] : [...new Set(included.map(({ location }) => location.file))];
  const elsewhere = new Set(own === null ? [] : included.map(({ name }) => name));
  const missing = direct
    .filter((name) => !elsewhere.has(name))
    .map((name) => `${name}==${pins.get(name) ?? ""}`);
  const kept = before === null ? null : withoutDropped(path, before, group);
  const text = pinRequirements(path, addRequirements(path, kept, missing), pins);
  const changed = others.flatMap((file): readonly Change[] => {
    const old = read(file);
    const after = old === null ? null : pinRequirements(file, old, pins);
    return after === null || after === old ? [] : [{ path: file, before: old, after, why }];
  });
  return {
    changes: [...(text === before ? [] : [{ path, before, after: text, why }]), ...changed],
    path,
    text,
  };
}

function takesPins(root: string, { path, requirements }: Manifest): boolean {
  const place = joinPath(root, path);
  const isPypi = requirements.every(({ ecosystem }) => ecosystem === "pypi");
  return isPypi && exists(place) && acceptsRequirements(path, readText(place));
}

/** Lines of requirements that were left out become comments: they are the owner's to take away. */
function withoutDropped(path: string, text: string, { dropped, attempt }: RevivedGroup): string {
  if (dropped.length === 0 || !/\.(?:txt|in)$/u.test(path)) return text;
  const names = new Set(dropped);
  const kept = new Set(attempt.asked.map(({ name }) => name));
  return text
    .split("\n")
    .map((line) => {
      const name = /^\s*([A-Za-z0-9][\w.-]*)/u
        .exec(line)?.[1]
        ?.replaceAll(/[-_.]+/gu, "-")
        .toLowerCase();
      return name !== undefined && names.has(name) && !kept.has(name)
        ? `# not imported, and does not install: ${line}`
        : line;
    })
    .join("\n");
}
