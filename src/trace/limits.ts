/** How much of a run one trace keeps; `coverage.dropped` counts what went over. */
export const limits = {
  processes: 10_000,
  files: 50_000,
  modules: 20_000,
  touches: 5_000,
  /** Processes named beside one file. */
  processesOfFile: 20,
  words: 100,
  wordLength: 1_000,
  /** Bytes that are read to digest inputs, and the time in milliseconds that this may take. */
  hashedBytes: 8 * 1024 ** 3,
  hashedMs: 60_000,
} as const;
