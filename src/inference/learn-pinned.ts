import {
  indexSettings,
  modulesOnIndex,
  releaseKey,
  rememberedModules,
  rememberModules,
  type Progress,
} from "../environments/index.ts";
import { each } from "../lock/index.ts";
import { ToolError, type Command, type Need } from "../model/index.ts";
import type { CodeBase } from "./code-base.ts";
import { inferNeeds } from "./infer-needs.ts";
import { pinnedModules, pinnedReleases, type PinnedRelease } from "./pinned-modules.ts";

/** An index is everybody's: of a longer lock the first ones are asked for. */
const mostAsked = 250;

/**
 * Asks the owner's index for the files of pinned releases that Rung has not seen, as far as they can tell where an import
 * comes from: first for the distributions that the imports are taken to come from, and where that leaves imports open for
 * the others. What is learnt is remembered. Only the ends of wheels are fetched; where no index answers, nothing is learnt.
 */
export async function learnPinned(
  code: CodeBase,
  commands: readonly Command[],
  progress: Progress,
): Promise<void> {
  const releases = pinnedReleases(code.project);
  if (releases.length === 0) return;
  const openNow = (): readonly Need[] => {
    const pinned = pinnedModules(code.project);
    return inferNeeds({ ...code, commands, installed: null, pinned }).needs.filter(isOpen);
  };
  const open = openNow();
  const taken = new Set(open.flatMap(({ distribution, candidates }) => [distribution ?? "", ...candidates]));
  const likely = unseen(releases).filter(({ name }) => taken.has(name));
  if (!(await learn(likely, progress)) || open.length === 0) return;
  if (openNow().length > 0) await learn(unseen(releases).slice(0, mostAsked), progress);
}

function isOpen({ module, known, context }: Need): boolean {
  return (
    module !== "" &&
    context !== "optional" &&
    context !== "hidden" &&
    (known === "table" || known === "same-name" || known === "unknown" || known === "declared")
  );
}

function unseen(releases: readonly PinnedRelease[]): readonly PinnedRelease[] {
  const seen = rememberedModules();
  return releases.filter(({ name, version }) => !seen.has(releaseKey(name, version)));
}

/** False where no index answers. */
async function learn(releases: readonly PinnedRelease[], progress: Progress): Promise<boolean> {
  if (releases.length === 0) return true;
  const { indexUrl, extraIndexUrls } = indexSettings();
  progress(`asking the index which modules ${releases.length} pinned packages bring`);
  let isReached = true;
  const found = await each(releases, async (release) => {
    if (!isReached) return null;
    try {
      return await modulesOnIndex(release, [indexUrl, ...extraIndexUrls]);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      if (error.code === "NETWORK_UNAVAILABLE") isReached = false;
      return null;
    }
  });
  await rememberModules(found.filter((one) => one !== null));
  return isReached;
}
