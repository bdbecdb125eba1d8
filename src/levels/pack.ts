import { type ArchiveFormat } from "../artifacts/index.ts";
import {
  applyDelta,
  packFolder,
  writeDelta,
  writePack,
  type WrittenDelta,
  type WrittenPack,
} from "../artifacts/pack/index.ts";
import { lockPlatforms, thisLockPlatform, type LockPlatform } from "../lock/index.ts";
import { makeFinding, ToolError, type Finding } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { joinPath, temporaryDirectory } from "../system/index.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import { subjectBundle } from "./subject-bundle.ts";
import { readSubject, type Subject } from "./subject.ts";

export { applyDelta };

export interface PackOptions {
  /** The machine's own where empty. */
  readonly platforms: readonly string[];
  /** The file to write; one in .rung/packs/ where null. With several platforms, each one's name goes before the ending. */
  readonly output: string | null;
  readonly format: ArchiveFormat;
  /** An earlier pack: what differs from it alone is written. */
  readonly since: string | null;
  /** Wheels may be built here, confined, where a package has none. */
  readonly allowBuilds: boolean;
  readonly progress: (message: string) => void;
}

/** A pack that was written (or `path` null, and the errors among the findings say why not). */
export type ProjectPack = (
  | WrittenPack
  | WrittenDelta
  | { readonly path: null; readonly platform: string }
) & {
  readonly findings: readonly Finding[];
};

/** Packs the project in a folder for each platform. */
export async function packProject(directory: string, options: PackOptions): Promise<readonly ProjectPack[]> {
  const platforms = platformsOf(options);
  if (options.since !== null && platforms.length > 1) {
    throw new ToolError("USAGE", "--since is for one platform at a time", {
      hint: "Leave out --since, or name one.",
    });
  }
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    const packs: ProjectPack[] = [];
    for (const platform of platforms) packs.push(await packSubject(subject, store, platform, options));
    return packs;
  } finally {
    store.close();
  }
}

function platformsOf({ platforms }: PackOptions): readonly LockPlatform[] {
  if (platforms.length > 0) return [...new Set(lockPlatforms(platforms))];
  const here = thisLockPlatform();
  if (here !== null) return [here];
  throw new ToolError("USAGE", "This machine's platform is none to pack for", {
    hint: "Name one with --platform.",
  });
}

/** Packs a project that has been read for one platform. Throws ToolError where there is nothing to pack. */
async function packSubject(
  subject: Subject,
  store: Store,
  platform: LockPlatform,
  options: PackOptions,
): Promise<ProjectPack> {
  const { progress, allowBuilds, format, since } = options;
  using work = temporaryDirectory("pack");
  const plan = await subjectBundle(subject, store, {
    platform,
    allowBuilds,
    workDirectory: work.path,
    progress,
  });
  const findings = [...plan.findings, ...notProved(platform)];
  if (plan.bundle === null) return { path: null, platform, findings };
  const output = outputOf(packFolder(plan.bundle), platform, store, options);
  const written =
    since === null
      ? await writePack(plan.bundle, output, format, progress)
      : await writeDelta(plan.bundle, since, output, format, progress);
  return { ...written, findings };
}

/** In .rung/packs/ where no file is named; of several platforms each has its name in the file's. */
function outputOf(
  name: string,
  platform: LockPlatform,
  store: Store,
  { output, format, platforms, since }: PackOptions,
): string {
  const ending = `.${format}`;
  if (output === null) {
    return joinPath(store.directory, "packs", `${name}${since === null ? "" : ".delta"}${ending}`);
  }
  if (platforms.length < 2) return output;
  const stem = output.endsWith(ending) ? output.slice(0, -ending.length) : output;
  return `${stem}-${platform}${ending}`;
}

function notProved(platform: LockPlatform): readonly Finding[] {
  if (platform === thisLockPlatform()) return [];
  return [
    makeFinding(
      "pack-not-proved",
      "warning",
      `The pack for ${platform} is made on another platform, and nothing in it was run.`,
      {
        why: "That it runs there is shown only by running it there.",
        fix: "Unpack it on such a machine and run ./run NAME.",
      },
    ),
  ];
}
