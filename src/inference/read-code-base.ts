import { discoverProject } from "../project/index.ts";
import { createSourceReader } from "../source/index.ts";
import { cacheDirectory } from "../system/index.ts";
import type { CodeBase } from "./code-base.ts";

/** Reads a project and the facts of its sources; nothing of it is run. */
export async function readCodeBase(directory: string): Promise<CodeBase> {
  const reader = createSourceReader({ cacheDirectory: cacheDirectory("source") });
  try {
    const { project, sources } = await discoverProject(directory, (root, entries) =>
      reader.read(
        root,
        entries.filter(({ kind, path }) => kind === "file" && /\.(?:py|ipynb)$/u.test(path)),
      ),
    );
    return { project, sources };
  } finally {
    await reader.close();
  }
}
