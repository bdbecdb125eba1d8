/** Which day a project belongs to, which Python was current then, and the versions that were on the index that day.
 *  Steps back from removed APIs, and relaxes pins that no usable wheel serves; each step is said. */
export { pythonChoices } from "./pythons/python-choices.ts";
export type { PythonChoice } from "./pythons/python-choices.ts";
export type { Bound } from "./removals/bound.ts";
export { resolveAsOf } from "./resolve/resolve-as-of.ts";
export { dateEntries } from "./entries/date-entries.ts";
export type { EntryDate } from "./entries/date-entries.ts";
export { boundFromFailure } from "./removals/bound-from-failure.ts";
export { pinsAgainstPython } from "./pins-against-python.ts";
