import type { Run, Trace } from "../model/index.ts";
import { uncommittedPatch } from "../project/git.ts";
import {
  keepTree,
  openRunLog,
  recordedEnvironment,
  recordedGit,
  recordedVariables,
  runInputs,
  treeItems,
  type RunLog,
} from "../records/index.ts";
import type { BlobBatch } from "../store/index.ts";
import { now, shellLine } from "../system/index.ts";
import type { Places } from "../trace/index.ts";
import type { HereRun } from "./here.ts";
import { interrupted } from "./interrupted-run.ts";

/** The record of a run that is about to be made. */
export interface OpenRecord {
  readonly log: RunLog;
  /** The sha256 of what a path of the tree holds before the run. */
  readonly digestBefore: (path: string) => string | null;
  /** Ends the log, and keeps the run with its circumstances, all that it left first. */
  close(ended: Ended): Promise<Run>;
}

interface Ended {
  readonly run: Run;
  readonly trace: Trace | null;
  readonly place: Places;
  readonly notes: readonly string[];
}

/** Keeps what the run could write over, and begins its log. What is to be kept of the run goes into `blobs`. */
export async function openRecord(here: HereRun, blobs: BlobBatch): Promise<OpenRecord> {
  const { command, environment, options, store, subject } = here;
  const { project, lock } = subject;
  const { git, files, root } = project;
  const digestBefore = (path: string): string | null => subject.tree.get(path)?.slice(0, 64) || null;
  const items = treeItems(files, digestBefore);
  const tree = keepTree(store, root, items, files);
  const patch =
    git === null || git.head === null || git.modified.length === 0 ? null : uncommittedPatch(root);
  const line = [command.run, shellLine(options.words)].filter(Boolean).join(" ");
  const log = openRunLog(
    { directory: store.directory, blobs },
    {
      run: here.id,
      command: command.name,
      line,
      startedAt: now(),
      environment: environment.description,
      python: environment.interpreter.version,
      seed: options.seed,
      forceSeed: options.forceSeed,
      commit: git?.head ?? null,
      changed: git === null ? null : git.modified.length + git.untracked.length,
    },
  );
  const gitThen = recordedGit(git, await patch, blobs);
  return {
    log,
    digestBefore,
    async close({ run, trace, place, notes }) {
      tellEnd(run, log);
      const { inputs, notes: unread } = runInputs(items, trace, blobs);
      const recorded: Run = {
        ...run,
        circumstances: {
          line: command.run,
          cwd: command.cwd,
          env: command.env,
          words: options.words,
          seed: options.seed,
          forceSeed: options.forceSeed,
          environment: recordedEnvironment(environment),
          lock: lock === null ? null : { path: lock.path, digest: blobs.put(lock.text) },
          git: gitThen,
          variables: recordedVariables(project.config.variables, here.variables),
          inputs,
          tree,
          log: await log.close(place),
          notes: [...unread, ...notes],
        },
      };
      blobs.commit();
      store.saveRun(recorded);
      return recorded;
    },
  };
}

function tellEnd(run: Run, log: RunLog): void {
  const seconds = (run.durationMs / 1000).toFixed(2);
  const end = run.signal === null ? `exit code ${run.exitCode ?? "none"}` : `ended by ${run.signal}`;
  const failed = run.exitCode !== 0;
  const words =
    run.signal === interrupted ? `${interrupted} after ${seconds} s` : `ended after ${seconds} s: ${end}`;
  log.say(words, failed ? "error" : "info");
  if (failed && run.kind === "notebook" && run.errorTail !== "") log.say(run.errorTail, "error");
  for (const output of run.missingOutputs)
    log.say(`${output} is declared as an output and is not there`, "warning");
}
