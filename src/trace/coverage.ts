import type { Coverage } from "../model/index.ts";
import type { SeenProcess } from "./fold/processes.ts";

export interface CoverageFacts {
  readonly processes: readonly SeenProcess[];
  /** Lines that were no events, and events beyond the bounds. */
  readonly dropped: number;
  readonly lost: readonly string[];
  /** What else could not be seen, in words. */
  readonly notes: readonly string[];
  /** strace watched as well. */
  readonly deep: boolean;
  readonly events: number;
  readonly timedOut: boolean;
}

type Layer = Coverage["layers"][number];

const layerNames: readonly Layer[] = ["audit", "monitoring", "wrappers"];

/** What was watched, what could not be, and whether the record goes to the run's end. */
export function coverageOf(facts: CoverageFacts): Coverage {
  const { processes, deep } = facts;
  const hooked = processes.filter(({ hook }) => hook);
  const seen = new Set(hooked.flatMap(({ layers }) => layers));
  const layers: Layer[] = layerNames.filter((layer) => seen.has(layer));
  const blind = processes.filter(({ hook }) => !hook);
  const open = hooked.filter(({ closed }) => !closed);
  const kernels = facts.timedOut ? [] : open.filter(isKernel);
  const unfinished = open.filter((process) => !kernels.includes(process));
  const unseen = [
    ...(hooked.length === 0 && !deep
      ? [
          "anything: no Python that the hook could watch was started (a program in another language, or Python without site)",
        ]
      : []),
    ...(deep || hooked.length === 0 ? [] : ["files that code in C opened by itself"]),
    ...(deep ? [] : ["what the shell and programs other than Python did"]),
    ...(hooked.some(hasNoAudit)
      ? ["files, folders, processes, sockets and libraries: Python announces them from 3.8 on"]
      : []),
    ...(hooked.some(isOld) ? ["clock readings by datetime in Python before 3.12"] : []),
    ...(hooked.some(({ layers: own }) => !own.includes("monitoring") && !own.includes("wrappers"))
      ? [
          "clocks, entropy, variables and draws of random numbers, in processes that were watched by audit events alone",
        ]
      : []),
    ...(unfinished.length > 0
      ? [
          `the end of ${unfinished.length} ${unfinished.length === 1 ? "process that was" : "processes that were"} killed`,
        ]
      : []),
    ...(kernels.some(({ toldCells }) => !toldCells)
      ? ["what a notebook's kernel did that ran no cell to its end"]
      : []),
    ...facts.lost,
    ...facts.notes,
  ];
  return {
    layers: deep ? [...layers, "strace"] : layers,
    blindProcesses: blind.map(({ id }) => id),
    unseen: [...new Set(unseen)],
    dropped: facts.dropped,
    complete:
      (hooked.length > 0 || deep) &&
      !hooked.some(hasNoAudit) &&
      unfinished.length === 0 &&
      facts.lost.length === 0 &&
      !facts.timedOut &&
      facts.dropped === 0,
  };
}

/** Audit events (PEP 578) came with Python 3.8. */
function hasNoAudit({ layers }: SeenProcess): boolean {
  return !layers.includes("audit");
}

/** A kernel is ended from outside once its last cell has run. */
function isKernel({ argv }: SeenProcess): boolean {
  return argv.some((word) => word.endsWith("/kernel_bootstrap.py"));
}

/** Before sys.monitoring (PEP 669, Python 3.12) a call into a built-in type's method cannot be seen. */
function isOld({ python }: SeenProcess): boolean {
  const [, minor] = /^3\.(\d+)/u.exec(python ?? "") ?? [];
  return minor !== undefined && Number(minor) < 12;
}
