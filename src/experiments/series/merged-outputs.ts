import type { Run } from "../../model/index.ts";

/**
 * A run over the outputs of earlier ones, as one run that left all of them: what it did not touch again is still there.
 */
export function mergedOutputs(after: readonly Run[], run: Run): Run {
  if (after.length === 0) return run;
  const files = new Map<string, Run["outputs"][number]>();
  for (const { outputs } of [...after, run]) {
    for (const output of outputs) if (output.kind === "file") files.set(output.path, output);
  }
  return { ...run, outputs: [...files.values(), ...run.outputs.filter(({ kind }) => kind !== "file")] };
}
