/** JSON of other people's making: of any shape until it is looked at. */
export type Json = Readonly<Record<string, unknown>>;

export const recordOf = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item) => typeof item === "string");
