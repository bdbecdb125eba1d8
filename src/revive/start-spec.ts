import { posix } from "node:path";
import { startFolder } from "../diagnose/index.ts";
import { inferNeeds, pinnedModules } from "../inference/index.ts";
import { condaFromIndex, type Subject } from "../levels/index.ts";
import { readManifests } from "../manifests/index.ts";
import type { Finding, Manifest, Need, Requirement } from "../model/index.ts";
import { chooseSpec } from "../project/index.ts";
import { exists, joinPath, readText } from "../system/index.ts";
import type { Asked } from "./attempt.ts";
import { commandsOf, type Entry } from "./entries.ts";
import type { ReviveStep } from "./revival.ts";
import { asPypi } from "./as-pypi.ts";
import { declaredBeside } from "./declared-beside.ts";

/** Entries that share an environment: those whose nearest folder with declarations is the same. */
export interface Group {
  /** Relative to the root; "" is the root itself. */
  readonly folder: string;
  readonly manifests: readonly Manifest[];
  readonly entries: readonly Entry[];
}

/** Puts entries together by the nearest folder, at or above the one that they start in, that declares something. */
export function groupEntries({ project }: Subject, entries: readonly Entry[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const { folder, manifests } = nearest(entry);
    const group = groups.get(folder) ?? { folder, manifests, entries: [] };
    groups.set(folder, { ...group, entries: [...group.entries, entry] });
  }
  return [...groups.values()];

  function nearest({ command }: Entry): Pick<Group, "folder" | "manifests"> {
    for (let folder = startFolder(command); folder !== "" && folder !== "."; folder = posix.dirname(folder)) {
      const manifests = manifestsIn(folder);
      if (manifests.some(declares)) return { folder, manifests };
    }
    return { folder: "", manifests: project.manifests };
  }

  function manifestsIn(folder: string): readonly Manifest[] {
    const paths = project.files.map(({ path }) => path).filter((path) => posix.dirname(path) === folder);
    const place = (file: string): string => joinPath(project.root, file);
    return readManifests(
      paths,
      (file) => (exists(place(file)) ? readText(place(file)) : null),
      (file) => exists(place(file)),
    );
  }
}

function declares({ requirements, isLock }: Manifest): boolean {
  return isLock || requirements.some((requirement) => requirement.group !== "build-system");
}

export interface StartSpec {
  readonly asked: readonly Asked[];
  /** What is declared where `asked` comes from a lock: to fall back on where the lock does not install. */
  readonly declared: readonly Asked[];
  readonly needs: readonly Need[];
  readonly steps: readonly Omit<ReviveStep, "round">[];
  readonly findings: readonly Finding[];
}

/** What a group starts with: its lock, else what it declares, and what its code imports beside that. */
export function startSpec(subject: Subject, group: Group): StartSpec {
  const commands = group.entries.flatMap(commandsOf);
  const { project, sources } = subject;
  const view = { ...project, manifests: group.manifests, commands };
  const { needs, findings: doubts } = inferNeeds({
    project: view,
    sources,
    commands,
    installed: null,
    pinned: pinnedModules(view),
  });
  const spec = chooseSpec(group.manifests, group.folder);
  const lock = lockOf(group.manifests);
  const declared = spec === null ? [] : askedBy(spec, "declared");
  const locked = lock === null ? [] : askedBy(lock, "lock");
  const base = locked.length > 0 ? locked : declared;
  const names = new Set(base.map(({ name }) => name));
  const wanted = needs.filter((need) => isWanted(need) && !names.has(nameOf(need)));
  const found = wanted.map((need) => ({
    need,
    beside: declaredBeside(need, group.manifests, locked.length > 0 ? null : spec),
  }));
  const inferred = unlessNamed(
    found.flatMap(({ need, beside }) => beside?.asked ?? [inferredFrom(need)]),
    names,
  );
  const steps = [
    ...group.entries.flatMap(launchSteps),
    ...(base.length === 0 ? [] : [startStep(locked.length > 0 ? lock : spec, base.length)]),
    ...found.map(({ need, beside }) => ({
      kind: "inferred",
      action: `install ${(beside?.asked ?? [inferredFrom(need)]).map(({ name }) => name).join(", ")}`,
      reason: `${need.reason}, and ${beside?.sentence ?? `nothing declares it${doubtOf(need)}`}`,
      location: need.location,
    })),
  ];
  const conda = locked.length > 0 || spec === null ? null : condaFromIndex(spec);
  return {
    asked: [...base, ...inferred],
    declared: [...declared, ...inferred],
    needs,
    steps,
    findings: [
      ...(conda === null ? [] : [conda]),
      ...doubts.filter(({ rule }) => rule !== "undeclared-import"),
    ],
  };
}

/** Each name once, and none of `names`. */
function unlessNamed(asked: readonly Asked[], names: ReadonlySet<string>): readonly Asked[] {
  const byName = new Map(asked.map((one) => [one.name, one]));
  return [...byName.values()].filter(({ name }) => !names.has(name));
}

function lockOf(manifests: readonly Manifest[]): Manifest | null {
  const lock = manifests.find(
    ({ isLock, requirements }) => isLock && requirements.some(({ ecosystem }) => ecosystem === "pypi"),
  );
  return lock ?? null;
}

const isRuntime = ({ group }: Requirement): boolean => group === "";

function askedBy(manifest: Manifest, origin: "lock" | "declared"): readonly Asked[] {
  const seen = new Set<string>();
  return manifest.requirements.filter(isRuntime).flatMap((requirement) => {
    const onIndex = asPypi(requirement);
    if (onIndex === null || seen.has(onIndex.text)) return [];
    seen.add(onIndex.text);
    return [{ ...onIndex, location: requirement.location, origin }];
  });
}

function isWanted(need: Need): boolean {
  return need.known !== "unknown" && need.context !== "optional" && nameOf(need) !== "";
}

/** Where several could be meant, the one most used is taken, and said so. */
function nameOf({ distribution, candidates }: Need): string {
  return distribution ?? candidates[0] ?? "";
}

function doubtOf({ distribution, candidates }: Need): string {
  return distribution === null ? `; of ${candidates.join(", ")} it is the one most used` : "";
}

function inferredFrom(need: Need): Asked {
  const name = nameOf(need);
  return { name, text: `${name}${need.specifier ?? ""}`, location: need.location, origin: "inferred" };
}

function launchSteps({ given, command, stands }: Entry): StartSpec["steps"] {
  if (stands === null) return [];
  return [
    { kind: "launch", action: `run what ${given} launches`, reason: stands, location: command.location },
  ];
}

function startStep(manifest: Manifest | null, count: number): StartSpec["steps"][number] {
  const path = manifest?.path ?? "";
  return {
    kind: "start",
    action: `start from ${path}`,
    reason: `it ${manifest?.isLock === true ? "locks" : "declares"} ${count} package${count === 1 ? "" : "s"}`,
    location: { file: path, line: null },
  };
}
