import path from "node:path";
import type { ArchiveFormat } from "../artifacts/index.ts";
import { writePack, type WrittenPack } from "../artifacts/pack/index.ts";
import { lockPlatforms, thisLockPlatform, type LockPlatform } from "../lock/index.ts";
import { makeFinding, ToolError, type Finding } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import { bundleSubject } from "./bundle-subject.ts";
import { packOutput } from "./pack-output.ts";
import { readSubject, type Subject } from "./subject.ts";

export interface PackOptions {
  /** The machine's own where empty. */
  readonly platforms: readonly string[];
  /** The file to write; one in .rung/packs/ where null. With several platforms, each one's name goes before the ending. */
  readonly output: string | null;
  readonly format: ArchiveFormat;
  /** Wheels may be built here, confined, where a package has none. */
  readonly allowBuilds: boolean;
  readonly progress: (message: string) => void;
}

/** A pack that was written (or `path` null, and the errors among the findings say why not). */
export type ProjectPack = (WrittenPack | { readonly path: null; readonly platform: string }) & {
  readonly findings: readonly Finding[];
};

/** Packs the project in a folder for each platform. */
export async function packProject(directory: string, options: PackOptions): Promise<readonly ProjectPack[]> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    const packs: ProjectPack[] = [];
    for (const platform of platformsOf(options))
      packs.push(await packSubject(subject, store, platform, options));
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
export async function packSubject(
  subject: Subject,
  store: Store,
  platform: LockPlatform,
  options: PackOptions,
): Promise<ProjectPack> {
  using work = temporaryDirectory("pack");
  const plan = await bundleSubject(subject, store, platform, { ...options, workDirectory: work.path });
  const findings = [...plan.findings, ...notProved(platform)];
  if (plan.bundle === null) return { path: null, platform, findings };
  const output = packOutput(plan.bundle, store.directory, options);
  const written = await writePack(plan.bundle, output, options.format, options.progress);
  return { ...written, path: path.resolve(written.path), findings };
}

function notProved(platform: LockPlatform): readonly Finding[] {
  if (platform === thisLockPlatform()) return [];
  return [
    makeFinding(
      "pack-not-proved",
      "warning",
      `The pack for ${platform} was made on another platform, and nothing in it was run.`,
      {
        why: "That it runs there is shown only by running it there.",
        fix: "Unpack it on such a machine and run ./run NAME.",
      },
    ),
  ];
}
