import { runProcess, temporaryDirectory } from "../../system/index.ts";
import { lastLines } from "../error-tail.ts";
import { engineVariables, runWords } from "./command-line.ts";
import type { ContainerEngine } from "./container-engine.ts";

/** The store is not mounted on itself, so that it can be removed whenever Rung is interrupted. */
const unmounted = ["--storage-driver=overlay", "--storage-opt=overlay.skip_mount_home=true"];

/** podman with a store of its own, so that the owner's images and containers are left alone. */
export const podman: ContainerEngine = {
  id: "podman",
  async load({ archive, id }, program) {
    // podman takes no path of more than 50 characters for its sockets, so this is no folder in another of ours.
    const store = temporaryDirectory("pm");
    const isRoot = process.getuid?.() === 0;
    const places = [`--root=${store.path}/root`, `--runroot=${store.path}/run`, ...(isRoot ? unmounted : [])];
    const env = engineVariables();
    const loaded = await runProcess([program, ...places, "load", "--quiet", "--input", archive], {
      cwd: "/",
      env,
    });
    const discard = async (): Promise<void> => {
      // Files of other users' numbers can only be removed by podman, where it is not run by root.
      await runProcess([program, ...places, "system", "reset", "--force"], {
        cwd: "/",
        env,
        timeoutMs: 60_000,
      });
      store[Symbol.dispose]();
    };
    if (loaded.exitCode !== 0) {
      await discard();
      return lastLines(loaded.stderr.toString("utf8")) || (loaded.failure ?? "podman load failed");
    }
    const image = id.replace(/^sha256:/u, "");
    const own = isRoot ? [] : ["--userns=keep-id"];
    return {
      start(container) {
        const [run = "run", ...words] = runWords(image, container);
        return { argv: [program, ...places, run, "--pull=never", ...own, ...words], env };
      },
      [Symbol.asyncDispose]: discard,
    };
  },
};
