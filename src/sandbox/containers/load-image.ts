import { findProgram, runProcess, temporaryDirectory } from "../../system/index.ts";
import { lastLines } from "../error-tail.ts";
import type { ContainerEngine, ContainerProcess, EngineImage, LoadedImage } from "./container-engine.ts";
import { docker } from "./docker.ts";
import { podman } from "./podman.ts";
import { ociRuntime } from "./runtime-bundle.ts";

/** Best first: engines that load the image themselves, then runtimes that run what was unpacked for them. */
const containerEngines: readonly ContainerEngine[] = [podman, docker, ociRuntime("runc"), ociRuntime("crun")];

export interface ReadyImage {
  readonly engine: ContainerEngine["id"];
  readonly loaded: LoadedImage;
  /** Why the engines before it were passed over, "podman: …". */
  readonly passedOver: readonly string[];
}

/**
 * An image in the first engine that really runs `probe` in it; RUNG_CONTAINER_ENGINE names the one to take. Null where
 * there is none: `passedOver` says why. The caller disposes of what is loaded.
 */
export async function loadImage(
  image: EngineImage,
  probe: ContainerProcess,
  scratch: string,
): Promise<ReadyImage | { readonly engine: null; readonly passedOver: readonly string[] }> {
  const wanted = process.env["RUNG_CONTAINER_ENGINE"] ?? "";
  const passedOver: string[] = [];
  for (const engine of containerEngines.filter(({ id }) => wanted === "" || id === wanted)) {
    const program = findProgram(engine.id);
    if (program === null) {
      passedOver.push(`${engine.id}: not installed`);
      continue;
    }
    const loaded = await engine.load(image, program, scratch);
    if (typeof loaded === "string") {
      passedOver.push(`${engine.id}: ${loaded}`);
      continue;
    }
    const fault = await probed(loaded, probe, scratch);
    if (fault === null) return { engine: engine.id, loaded, passedOver };
    await loaded[Symbol.asyncDispose]();
    passedOver.push(`${engine.id}: ${fault}`);
  }
  return { engine: null, passedOver };
}

/** Null where it ran. */
async function probed(loaded: LoadedImage, probe: ContainerProcess, scratch: string): Promise<string | null> {
  using place = temporaryDirectory("probe", scratch);
  const { argv, env } = loaded.start(probe, place.path);
  const result = await runProcess(argv, { cwd: "/", env, timeoutMs: 120_000 });
  if (result.exitCode === 0) return null;
  return (
    lastLines(result.stderr.toString("utf8")).trim() || (result.failure ?? `exit code ${result.exitCode}`)
  );
}
