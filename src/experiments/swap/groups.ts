import type { Part } from "./parts.ts";

/** Parts that are swapped together at first. */
export interface Group {
  readonly id: string;
  readonly parts: readonly Part[];
  readonly weight: number;
}

/** How likely a kind is to matter, beside the others; and what is cheap to try comes first. */
const weights = { data: 4, code: 4, parameters: 3, variables: 2, lock: 2 } as const;

/** The differing parts by kind: each of parameters and variables by itself, Python too, code, data and packages as one each. */
export function groupsOf(parts: readonly Part[]): readonly Group[] {
  const alone = ({ id, kind }: Part): boolean =>
    kind === "parameters" || kind === "variables" || id === "python";
  const grouped = Map.groupBy(parts, (part) => (alone(part) ? part.id : part.kind));
  return Array.from(grouped, ([id, members]) => ({
    id,
    parts: members,
    weight: Math.max(...members.map(({ kind }) => weights[kind])),
  }));
}
