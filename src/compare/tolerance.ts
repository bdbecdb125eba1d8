import type { CompareRule } from "../model/index.ts";

/** How far two numbers may be apart and still count as the same value. */
export interface Tolerance {
  /** Named in the comparison that needed it. */
  readonly id: string;
  /** Share of the larger magnitude. */
  readonly relative: number;
  readonly absolute: number;
  /** Nobody asked for it by a rule, so it holds for printed measurements alone: not for counts, identifiers and clocks. */
  readonly printedOnly: boolean;
}

/** The committed verdict may compare across versions, whose printing and rounding differ in the last digits. */
export const printedNumbers: Tolerance = {
  id: "printed-numbers: relative 1e-6",
  relative: 1e-6,
  absolute: 0,
  printedOnly: true,
};

/** The tolerance that a compare rule of rung.toml grants: none where it states no number above zero. */
export function tolerancesOf(rule: CompareRule | null): readonly Tolerance[] {
  if (rule === null || (rule.relative === 0 && rule.absolute === 0)) return [];
  const parts = [
    ...(rule.relative > 0 ? [`relative ${rule.relative}`] : []),
    ...(rule.absolute > 0 ? [`absolute ${rule.absolute}`] : []),
  ];
  const { relative, absolute } = rule;
  return [{ id: `tolerance: ${parts.join(", ")}`, relative, absolute, printedOnly: false }];
}

/** Those that the owner asked for: the only ones for numbers that are stored and not printed. */
export function askedFor(tolerances: readonly Tolerance[]): readonly Tolerance[] {
  return tolerances.filter((tolerance) => !tolerance.printedOnly);
}

/** Id of the first tolerance that takes the two numbers for one value; null where none does. */
export function closeBy(before: number, after: number, tolerances: readonly Tolerance[]): string | null {
  for (const tolerance of tolerances) {
    if (isClose(before, after, tolerance)) return tolerance.id;
  }
  return null;
}

function isClose(before: number, after: number, { relative, absolute }: Tolerance): boolean {
  if (Object.is(before, after) || before === after) return true;
  if (!Number.isFinite(before) || !Number.isFinite(after)) return false;
  return Math.abs(before - after) <= absolute + relative * Math.max(Math.abs(before), Math.abs(after));
}

const numberLiteral = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/u;
const integerLiteral = /^[-+]?\d+$/u;

/** As closeBy, for two numbers as printed; null too where one of them is not a number. */
export function closeLiterals(
  before: string,
  after: string,
  tolerances: readonly Tolerance[],
): string | null {
  if (tolerances.length === 0 || !numberLiteral.test(before) || !numberLiteral.test(after)) return null;
  // "123e4567" of a UUID or a hash is beyond what a double holds, and so equal to any other such.
  if (!isHeld(before) || !isHeld(after)) return null;
  const usable = isMeasurement(before, after) ? tolerances : askedFor(tolerances);
  return closeBy(Number(before), Number(after), usable);
}

/** Whether a double holds a value of that size: it neither overflows nor is lost to zero. */
function isHeld(literal: string): boolean {
  const value = Number(literal);
  return Number.isFinite(value) && (value !== 0 || !/[1-9]/u.test(literal.split(/e/iu)[0] ?? ""));
}

/** Two different whole numbers are counts or names; a number of the size of a Unix time may be a clock, and clocks count. */
function isMeasurement(before: string, after: string): boolean {
  if (integerLiteral.test(before) && integerLiteral.test(after)) return false;
  const [one, other] = [Number(before), Number(after)];
  return one === other || !(isClockSized(one) || isClockSized(other));
}

function isClockSized(value: number): boolean {
  const [from, to] = [1e9, 2.2e9];
  return [1, 1e3, 1e6, 1e9].some((unit) => value >= from * unit && value < to * unit);
}
