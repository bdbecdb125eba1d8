/** One file that a lift wants to write: text before (null: did not exist) and after; shown as a diff before it is made. */
export interface Change {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
  readonly why: string;
}
