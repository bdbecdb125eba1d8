import type { CodePlace, Trace } from "../model/index.ts";
import { codeLine } from "../source/index.ts";
import { joinPath, lookUp, readBytes } from "../system/index.ts";

const largestBytes = 4 << 20;

/**
 * A trace without what happened while libraries were imported: they look at the machine, the clock and dozens of variables
 * then, and hardly ever does a result hang on that. `root` is the project's.
 */
export function withoutImports(trace: Trace, root: string): Trace {
  const isImport = importLines(root);
  const own = <T extends { readonly at: CodePlace | null }>(touches: readonly T[]): readonly T[] =>
    touches.filter(({ at }) => at === null || !isImport(at));
  return {
    ...trace,
    variables: own(trace.variables),
    entropy: own(trace.entropy),
    clocks: own(trace.clocks),
    machineReads: own(trace.machineReads),
  };
}

/** Tells whether the line at a place imports. Each file is read once; what cannot be read imports nothing. */
function importLines(root: string): (place: CodePlace) => boolean {
  const files = new Map<string, Uint8Array | null>();
  return ({ file, line, cell }) => {
    let bytes = files.get(file);
    if (bytes === undefined) {
      const found = lookUp(joinPath(root, file));
      bytes = found?.isFile === true && found.size <= largestBytes ? readBytes(found.realPath) : null;
      files.set(file, bytes);
    }
    return bytes !== null && /^[ \t]*(?:import|from)[ \t]/u.test(codeLine(file, bytes, line, cell) ?? "");
  };
}
