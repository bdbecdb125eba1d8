import { unpackImage, type StoredImage } from "../artifacts/image/index.ts";
import { makeFinding, type Command, type Evidence, type Finding, type Run } from "../model/index.ts";
import { loadImage, runHandedOver, type ContainerProcess } from "../sandbox/index.ts";
import { isDirectory, joinPath, lookUp, makeDirectory, temporaryDirectory } from "../system/index.ts";
import type { Pass } from "./define.ts";
import { imageStart, type ImageStart } from "./image-start.ts";
import { inTurn, type Turns } from "./in-turn.ts";
import type { Subject } from "./subject.ts";

/** How the project's commands are run in an image. */
export interface ImageUse {
  /** The project's folder in the image. */
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
  /** The process that runs a command; the executed notebook goes to `executed`. */
  words(command: Command, executed: string): Pick<ContainerProcess, "argv" | "cwd">;
  /** A process that ends well where the image runs at all. */
  readonly probe: readonly string[];
  /** What is to be said of the image's content before anything runs. */
  readonly evidence: readonly Evidence[];
}

export interface ImageRuns {
  readonly turns: Turns | null;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  /** Where the project's folder was for the commands. */
  readonly place: string;
  readonly isolation: Run["isolation"] | null;
}

const executedFolder = "/executed";

/**
 * Runs the project's commands in an image: no network, a read-only root but for the project's folder (of which each run has
 * a fresh copy) and /tmp, none of root's powers. By podman or Docker where one works, else by runc or crun.
 */
export async function runImage(
  stored: StoredImage,
  /** What an engine loads. */
  archive: string,
  use: (start: ImageStart, rootfs: string) => ImageUse,
  {
    subject,
    pass,
    commands,
    python,
  }: {
    readonly subject: Subject;
    readonly pass: Pass;
    readonly commands: readonly Command[];
    readonly python: string;
  },
): Promise<ImageRuns> {
  using work = temporaryDirectory("image-runs", pass.workDirectory);
  const rootfs = joinPath(work.path, "rootfs");
  pass.progress("unpacking the image");
  await unpackImage(stored, rootfs);
  const start = imageStart(stored.config, rootfs);
  const { user } = start;
  const { project, env, words, probe, evidence } = use(start, rootfs);
  const folder = joinPath(rootfs, project);
  // A link in it could lead to a folder of this machine, which would then be copied into the container.
  if (
    project === "/" ||
    lookUp(folder)?.realPath !== joinPath(lookUp(rootfs)?.realPath ?? rootfs, project) ||
    !isDirectory(folder)
  ) {
    const finding = makeFinding("image-without-project", "error", `${stored.name} has no folder ${project}`, {
      why: "The commands run in the folder of the project, or else in the one that the image starts in.",
    });
    return { turns: null, findings: [finding], evidence, place: project, isolation: null };
  }
  pass.progress("loading the image");
  const ready = await loadImage(
    { archive, id: stored.configDigest, rootfs: async () => rootfs },
    { argv: probe, env, cwd: "/", user, binds: [] },
    work.path,
  );
  if (ready.engine === null) {
    const finding = makeFinding(
      "no-container-engine",
      "error",
      `Nothing here runs the image: ${ready.passedOver.join("; ")}`,
      {
        why: "That an image runs is shown only by running it.",
        fix: "Install podman, Docker, runc or crun; RUNG_CONTAINER_ENGINE names the one to take.",
      },
    );
    return { turns: null, findings: [finding], evidence, place: project, isolation: null };
  }
  await using loaded = ready.loaded;
  const isolation = {
    kind: ready.engine,
    scope: "room" as const,
    network: false,
    description: `a container by ${ready.engine}: no network, a read-only root, no capabilities, user ${user}${passed(ready.passedOver)}`,
  };
  const turns = await inTurn({ commands, subject, store: pass.store }, (command, after) => {
    pass.progress(`in a container by ${ready.engine}: ${command.name}`);
    const own = joinPath(work.path, command.name);
    makeDirectory(own);
    return runHandedOver({
      command,
      project: folder,
      owner: user,
      after,
      blobs: pass.store.blobs,
      workDirectory: own,
      isolation,
      python,
      async start(place) {
        const binds = [
          { from: place.tree, to: project, writable: true },
          { from: place.shared, to: executedFolder, writable: true },
        ];
        const process = words(command, joinPath(executedFolder, place.executedNotebook));
        return loaded.start({ ...process, env: { ...env, ...command.env }, user, binds }, place.scratch);
      },
    });
  });
  return { turns, findings: [], evidence, place: project, isolation };
}

/** Engines that would have come first, and why they did not serve. */
function passed(reasons: readonly string[]): string {
  return reasons.length === 0 ? "" : `; passed over: ${reasons.join("; ")}`;
}
