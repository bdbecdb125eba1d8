import { entryKind, exists } from "../system/index.ts";
import { eventLimitBytes, parseEvent, type TraceEvent } from "./event.ts";
import { Fold } from "./fold/fold-events.ts";
import { followLines, readLines, type LineCounts } from "./read-lines.ts";

/** What the hook's lines tell of a run. */
export interface ReadEvents {
  readonly fold: Fold;
  /** How many of the lines were no events. */
  readonly broken: number;
}

/** The events of a run that goes on, taken up as they come. */
export interface FollowedEvents {
  /** Takes up what is left, once the run has ended. */
  finish(): Promise<ReadEvents>;
}

/** Sees each event as it is read. */
export type OnEvent = (event: TraceEvent) => void;

/** Reads the hook's lines; no file, no events. `isThere` tells of a path that the command used. */
export async function readEvents(
  file: string,
  isThere: (path: string) => boolean,
  onEvent?: OnEvent,
): Promise<ReadEvents> {
  const folding = foldLines(isThere, onEvent);
  return folding.end(
    exists(file) ? await readLines(file, eventLimitBytes, folding.take) : { lines: 0, broken: 0 },
  );
}

/** Follows the hook's lines of a run that sees the files as we do: what it did is known soon after it ends. */
export function followEvents(file: string, onEvent?: OnEvent): FollowedEvents {
  const folding = foldLines((path) => entryKind(path) !== null, onEvent);
  const lines = followLines(file, eventLimitBytes, folding.take);
  return { finish: async () => folding.end(await lines.finish()) };
}

function foldLines(
  isThere: (path: string) => boolean,
  onEvent: OnEvent | undefined,
): { readonly take: (line: string) => void; readonly end: (counts: LineCounts) => ReadEvents } {
  const fold = new Fold(isThere);
  let unread = 0;
  return {
    take(line) {
      const event = parseEvent(line);
      if (event === null) unread += 1;
      else {
        fold.add(event);
        onEvent?.(event);
      }
    },
    end: ({ broken }) => ({ fold, broken: broken + unread }),
  };
}
