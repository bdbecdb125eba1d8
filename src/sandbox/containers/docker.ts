import { runProcess } from "../../system/index.ts";
import { lastLines } from "../error-tail.ts";
import { engineVariables, runWords } from "./command-line.ts";
import type { ContainerEngine } from "./container-engine.ts";

/** Docker's daemon has one store for all: an image that was not there before is taken out of it again. */
export const docker: ContainerEngine = {
  id: "docker",
  async load({ archive, id }, program) {
    const env = engineVariables();
    const options = { cwd: "/", env };
    const wasThere = (await runProcess([program, "image", "inspect", id], options)).exitCode === 0;
    const loaded = await runProcess([program, "load", "--quiet", "--input", archive], options);
    if (loaded.exitCode !== 0) {
      return lastLines(loaded.stderr.toString("utf8")) || (loaded.failure ?? "docker load failed");
    }
    return {
      start: (container) => ({ argv: [program, ...runWords(id, container)], env }),
      async [Symbol.asyncDispose]() {
        if (!wasThere) await runProcess([program, "rmi", "--force", id], options);
      },
    };
  },
};
