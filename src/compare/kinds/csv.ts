import { Readable } from "node:stream";
import type { Difference } from "../../model/index.ts";
import {
  defineComparator,
  different,
  maximumDifferences,
  normalised,
  withinTolerance,
  type Result,
} from "../comparator.ts";
import { differenceAt } from "../excerpt.ts";
import { decodeText } from "../text-encoding.ts";
import { closeLiterals, type Tolerance } from "../tolerance.ts";

/** Tables of delimited text (RFC 4180), by cell. Quoting and line ends are layout; every cell's text counts. */
export const csv = defineComparator({
  id: "csv",
  matches: (path) => /\.(?:csv|tsv|tab)$/iu.test(path),
  compare: async (before, after, { path, tolerances }) => {
    const [left, right] = [decodeText(before), decodeText(after)];
    if (left === null || right === null) return null;
    const delimiter = delimiterOf(path, left);
    if (delimiter !== delimiterOf(path, right)) return null;
    const { CsvError, parse } = await import("csv-parse");
    const settings = { delimiter, relax_column_count: true, max_record_size: 16 * 1024 * 1024 };
    const parsers = [left, right].map((text) => Readable.from(chunks(text)).pipe(parse(settings)));
    try {
      const [one, other] = parsers.map((parser) => parser[Symbol.asyncIterator]());
      return one === undefined || other === undefined ? null : await compareRows(one, other, tolerances);
    } catch (error) {
      // Text that is no table after all is compared as text; anything else is our bug.
      if (error instanceof CsvError) return null;
      throw error;
    } finally {
      for (const parser of parsers) parser.destroy();
    }
  },
});

function delimiterOf(path: string, text: string): string {
  if (!/\.csv$/iu.test(path)) return "\t";
  const end = text.indexOf("\n");
  const header = text.slice(0, Math.min(end === -1 ? text.length : end, 10_000));
  const counts = [",", ";", "\t", "|"].map((character) => ({
    character,
    count: header.split(character).length,
  }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).character;
}

const chunkLength = 1 << 16;

function* chunks(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += chunkLength) yield text.slice(at, at + chunkLength);
}

async function compareRows(
  before: AsyncIterator<string[]>,
  after: AsyncIterator<string[]>,
  tolerances: readonly Tolerance[],
): Promise<Result> {
  const differences: Difference[] = [];
  const needed = new Set<string>();
  let [rows, differingRows, header]: [number, number, readonly string[]] = [0, 0, []];
  for (;;) {
    const [one, other] = await Promise.all([before.next(), after.next()]);
    if (one.done === true && other.done === true) break;
    rows += 1;
    const left = one.done === true ? null : one.value;
    const right = other.done === true ? null : other.value;
    if (rows === 1 && left !== null) header = left;
    const found = compareRow(rows, header, left, right, tolerances);
    for (const id of found.tolerances) needed.add(id);
    if (found.differences.length === 0) continue;
    differingRows += 1;
    const room = maximumDifferences - differences.length;
    differences.push(...found.differences.slice(0, room));
  }
  if (differingRows > 0) return different(differences, `${differingRows} of ${rows} rows differ`);
  return needed.size > 0 ? withinTolerance([...needed]) : normalised(["csv-formatting"]);
}

interface RowCompared {
  readonly differences: readonly Difference[];
  readonly tolerances: readonly string[];
}

function compareRow(
  row: number,
  header: readonly string[],
  before: readonly string[] | null,
  after: readonly string[] | null,
  tolerances: readonly Tolerance[],
): RowCompared {
  if (before === null || after === null) {
    const [one, other] = [before, after].map((cells) => cells?.join(", ") ?? "(no such row)");
    return { differences: [differenceAt(`row ${row}`, one ?? "", other ?? "")], tolerances: [] };
  }
  const differences: Difference[] = [];
  const needed: string[] = [];
  for (let column = 0; column < Math.max(before.length, after.length); column += 1) {
    const [one, other] = [before[column], after[column]];
    if (one === other) continue;
    const id = one === undefined || other === undefined ? null : closeLiterals(one, other, tolerances);
    if (id !== null) {
      needed.push(id);
      continue;
    }
    if (differences.length === maximumDifferences) break;
    const name = row > 1 && header[column] ? header[column] : String(column + 1);
    const where = `row ${row}, column ${name}`;
    differences.push(differenceAt(where, one ?? "(no such cell)", other ?? "(no such cell)"));
  }
  return { differences, tolerances: needed };
}
