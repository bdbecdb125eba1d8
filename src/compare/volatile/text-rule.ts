/**
 * One part of printed text that says nothing of the result. `apply` gives the text with every such part in one form;
 * `other` is the text that it will be compared with. It must be linear in the text's length, since the text is hostile.
 */
export interface TextRule {
  readonly id: string;
  /** Only where the two may come of different versions of a library: two runs in one environment print alike. */
  readonly acrossVersions?: true;
  readonly apply: (text: string, other: string) => string;
}
