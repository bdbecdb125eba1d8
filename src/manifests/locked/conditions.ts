/** A step from one package to another, on the condition of an environment marker (null: always). */
export interface Edge {
  readonly to: string;
  readonly marker: string | null;
}

/** All of these markers hold. None: always. */
type Conjunction = readonly string[];

/** More ways to a package than these are taken for "always": its marker would be longer than anyone reads. */
const maxWays = 48;
const maxMarkers = 12;

/**
 * Which nodes can be reached from the roots, and each one's condition: the marker under which some way there is open, null
 * where one always is. Locks that state markers on dependencies alone are read so, as their own tools do.
 */
export function reachable(
  roots: readonly Edge[],
  edgesOf: (node: string) => readonly Edge[],
): ReadonlyMap<string, string | null> {
  const ways = new Map<string, readonly Conjunction[]>();
  const waiting = new Set<string>();
  const open = (edge: Edge, from: readonly Conjunction[]): void => {
    const before = ways.get(edge.to) ?? [];
    const after = join(
      before,
      edge.marker === null ? from : from.map((way) => withMarker(way, edge.marker ?? "")),
    );
    if (after === before) return;
    ways.set(edge.to, after);
    waiting.add(edge.to);
  };
  for (const root of roots) open(root, [[]]);
  for (const node of waiting) {
    waiting.delete(node);
    const from = ways.get(node) ?? [];
    for (const edge of edgesOf(node)) open(edge, from);
  }
  return new Map(Array.from(ways, ([node, found]) => [node, anyOf(found)]));
}

function withMarker(way: Conjunction, marker: string): Conjunction {
  return way.includes(marker) ? way : [...way, marker].sort();
}

/** Both sets of ways, without those that another one contains; `before` itself where nothing is new. */
function join(before: readonly Conjunction[], more: readonly Conjunction[]): readonly Conjunction[] {
  let all = before;
  for (const way of more) {
    if (all.some((known) => known.every((marker) => way.includes(marker)))) continue;
    all = [...all.filter((known) => !way.every((marker) => known.includes(marker))), way];
  }
  return all.length > maxWays || all.some((way) => way.length > maxMarkers) ? [[]] : all;
}

function anyOf(ways: readonly Conjunction[]): string | null {
  if (ways.some((way) => way.length === 0)) return null;
  const said = ways.map((way) => allOf(way));
  return said.length === 1
    ? (said[0] ?? null)
    : said.map((each) => inBrackets(each, / and | or /u)).join(" or ");
}

/** Every one of the markers; null where there is none. */
function allOf(markers: Conjunction): string {
  return markers.length === 1
    ? (markers[0] ?? "")
    : markers.map((each) => inBrackets(each, / or /u)).join(" and ");
}

const inBrackets = (marker: string, where: RegExp): string => (where.test(marker) ? `(${marker})` : marker);
