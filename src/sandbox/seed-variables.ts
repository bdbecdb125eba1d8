/** What `rung run --seed` sets in a command's environment, since no code can set it later: read at the start of Python, of
 *  CUDA or of a thread pool. What can be set from within is done by pyhook/rung_hook/seeding.py. */
interface SeedVariable {
  readonly name: string;
  readonly value: (seed: number) => string;
  readonly why: string;
}

const seedVariables: readonly SeedVariable[] = [
  {
    name: "PYTHONHASHSEED",
    // Python takes 0 to 4294967295.
    value: (seed) => String(((seed % 2 ** 32) + 2 ** 32) % 2 ** 32),
    why: "the order of sets of strings",
  },
  { name: "CUBLAS_WORKSPACE_CONFIG", value: () => ":4096:8", why: "deterministic matrix products in CUDA" },
  {
    name: "TF_DETERMINISTIC_OPS",
    value: () => "1",
    why: "deterministic operations in TensorFlow before 2.9",
  },
  {
    name: "TF_CUDNN_DETERMINISTIC",
    value: () => "1",
    why: "deterministic convolutions in TensorFlow before 2.9",
  },
  { name: "OMP_NUM_THREADS", value: () => "1", why: "sums are added up in one order" },
  { name: "OPENBLAS_NUM_THREADS", value: () => "1", why: "the same, in OpenBLAS" },
  { name: "MKL_NUM_THREADS", value: () => "1", why: "the same, in MKL" },
  { name: "NUMEXPR_NUM_THREADS", value: () => "1", why: "the same, in numexpr" },
  { name: "TF_NUM_INTRAOP_THREADS", value: () => "1", why: "the same, within an operation of TensorFlow" },
  {
    name: "TF_NUM_INTEROP_THREADS",
    value: () => "1",
    why: "operations of TensorFlow come one after the other",
  },
];

/** The variables with which a command is run for a seed (any safe integer). */
export function variablesForSeed(seed: number): Readonly<Record<string, string>> {
  return Object.fromEntries(seedVariables.map(({ name, value }) => [name, value(seed)]));
}
