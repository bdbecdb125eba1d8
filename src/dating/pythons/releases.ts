/** The day on which each series of CPython came out (python.org, PEPs 478 to 745). */
const released: readonly (readonly [series: string, date: string])[] = [
  ["3.6", "2016-12-23"],
  ["3.7", "2018-06-27"],
  ["3.8", "2019-10-14"],
  ["3.9", "2020-10-05"],
  ["3.10", "2021-10-04"],
  ["3.11", "2022-10-24"],
  ["3.12", "2023-10-02"],
  ["3.13", "2024-10-07"],
  ["3.14", "2025-10-07"],
];

/** The series that can be had today: older ones have no installer that still serves. */
export const allSeries: readonly string[] = released.map(([series]) => series);

/** Scientific packages had wheels for a new Python, and people had moved to it, about nine months after its release. */
const monthsUntilUsed = 9;

/** The series that people worked with on a day (YYYY-MM-DD); the oldest there is before all of them. */
export function currentSeries(date: string): string {
  const used = released.filter(([, day]) => laterByMonths(day, monthsUntilUsed) <= date);
  return used.at(-1)?.[0] ?? "3.6";
}

function laterByMonths(day: string, months: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  return moment.toISOString().slice(0, 10);
}

/** Series from the nearest to the farthest; of two equally near ones the older first, since removals come with the newer. */
export function byDistance(from: string): readonly string[] {
  const at = minorOf(from);
  const distance = (series: string): number => Math.abs(minorOf(series) - at);
  return allSeries.toSorted((a, b) => distance(a) - distance(b) || minorOf(a) - minorOf(b));
}

/** 8 of "3.8" or "3.8.18". */
export const minorOf = (version: string): number => Number(version.split(".")[1] ?? 0);

/** "3.8" of "3.8.18". */
export const seriesOf = (version: string): string => version.split(".").slice(0, 2).join(".");
