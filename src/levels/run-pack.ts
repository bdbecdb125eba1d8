import { bareShell, type Bundle } from "../artifacts/pack/index.ts";
import type { Command, Finding, Run } from "../model/index.ts";
import { makeFinding } from "../model/index.ts";
import { enterBareRoot, runHandedOver } from "../sandbox/index.ts";
import { joinPath, makeDirectory, readTail, runProcess, temporaryDirectory } from "../system/index.ts";
import type { Pass } from "./define.ts";
import { inTurn, type Turns } from "./in-turn.ts";
import type { Subject } from "./subject.ts";

/** Where the pack lies in the empty root. */
export const packTop = "/pack";
const shared = "/executed";
/** nobody's, as nearly everywhere. */
const ordinaryUser = 65_534;

export interface PackRuns {
  readonly turns: Turns | null;
  readonly findings: readonly Finding[];
  readonly isolation: Run["isolation"];
}

/**
 * Runs the commands of an unpacked pack in a root that holds the pack, a shell, /proc, /dev and an empty /tmp, and nothing
 * else: no network, no caches, none of this machine's libraries, as an ordinary user. The pack is read-only but for the
 * project's folder, of which each run has a fresh copy.
 */
export async function runPack(
  unpacked: string,
  bundle: Bundle,
  {
    subject,
    pass,
    commands,
    variables,
  }: {
    readonly subject: Subject;
    readonly pass: Pass;
    readonly commands: readonly Command[];
    readonly variables: Readonly<Record<string, string>>;
  },
): Promise<PackRuns> {
  const shell = bareShell();
  using scratch = temporaryDirectory("empty-root", pass.workDirectory);
  const enter = async (
    argv: readonly string[],
    binds: readonly { readonly from: string; readonly to: string; readonly writable: boolean }[],
    place: string,
  ): ReturnType<typeof enterBareRoot> =>
    enterBareRoot({ binds: [...shell.binds, ...binds], argv, cwd: "/", user: ordinaryUser }, place);

  pass.progress("the pack: installing its packages, in a root that holds nothing else");
  const writable = [{ from: unpacked, to: packTop, writable: true }];
  const first = await enter([`${packTop}/run`, "--install"], writable, scratch.path);
  const isolation = {
    kind: first.kind,
    scope: "room" as const,
    network: false,
    description: `the pack alone in an empty root made by ${first.kind}: no network, an empty /tmp, an ordinary user, ${shell.words} for /bin/sh`,
  };
  const log = joinPath(scratch.path, "install.log");
  const installed = await runProcess(first.argv, { cwd: "/", env: {}, stderrFile: log, stdoutFile: log });
  if (installed.exitCode !== 0) {
    const said = readTail(log, 4096).trim();
    const finding = makeFinding(
      "pack-not-installed",
      "error",
      `The pack's packages could not be installed: ${said}`,
    );
    return { turns: null, findings: [finding], isolation };
  }
  const turns = await inTurn({ commands, subject, store: pass.store }, (command, after) => {
    pass.progress(`from the pack, in an empty root: ${command.name}`);
    const work = joinPath(scratch.path, command.name);
    makeDirectory(work);
    return runHandedOver({
      command,
      project: joinPath(unpacked, "project"),
      after,
      blobs: pass.store.blobs,
      workDirectory: work,
      isolation,
      python: bundle.manifest.python.version,
      async start(place) {
        const executed =
          command.kind === "notebook" ? ["--executed", joinPath(shared, place.executedNotebook)] : [];
        const entered = await enter(
          [`${packTop}/run`, "--only", ...executed, command.name],
          [
            { from: unpacked, to: packTop, writable: false },
            { from: place.tree, to: `${packTop}/project`, writable: true },
            { from: place.shared, to: shared, writable: true },
          ],
          place.scratch,
        );
        return { argv: entered.argv, env: variables };
      },
    });
  });
  return { turns, findings: [], isolation };
}
