/** A seed that every generator takes: NumPy's is the narrowest, 32 bits (as is PYTHONHASHSEED). */
export const largestSeed = 2 ** 32 - 1;

/**
 * What has to be set before a Python starts, so that `--seed` reaches what no code in it can set later. Numbers of threads
 * stay as they are: no library documents that one thread gives the results of another count, and a run keeps its count on
 * one machine.
 * - PYTHONHASHSEED: the order of sets of text (docs.python.org, "Command line and environment").
 * - CUBLAS_WORKSPACE_CONFIG: what torch.use_deterministic_algorithms and cuBLAS ask for from CUDA 10.2 on.
 * - TF_DETERMINISTIC_OPS: TensorFlow 2.1 to 2.8, before enable_op_determinism.
 */
export function seedVariables(seed: number): Readonly<Record<string, string>> {
  return {
    PYTHONHASHSEED: String(seed),
    CUBLAS_WORKSPACE_CONFIG: ":4096:8",
    TF_DETERMINISTIC_OPS: "1",
  };
}
