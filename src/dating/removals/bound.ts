/** What is known to be too new: "pandas", "<2", and why. `distribution` is normalised, or "python" for Python itself. */
export interface Bound {
  readonly distribution: string;
  /** PEP 440. */
  readonly specifier: string;
  /** One line for people. */
  readonly reason: string;
  /** True where nothing is known of a removal, and an older series is only worth a try. */
  readonly guess?: boolean;
}
