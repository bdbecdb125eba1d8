import { chosen, definePerturbation, seenIn } from "./perturbation.ts";

/** Fixed and recent, a Wednesday: what has an end (certificates, licences) is still good. */
const reference = Date.UTC(2026, 3, 15, 10, 20, 30) / 1000;
const others = [
  // Another year, month and time of day, and a Sunday: in the time zone that is tried with it, too.
  Date.UTC(2027, 10, 28, 17, 5, 9) / 1000,
  // A leap day, in the other time zone as well.
  Date.UTC(2028, 1, 29, 23, 44, 51) / 1000,
  // The hour that summer time leaves out in most of Europe.
  Date.UTC(2026, 2, 29, 1, 0, 1) / 1000,
] as const;

export const clock = definePerturbation({
  id: "clock",
  kind: "clock",
  title: "the date, the time of day, and how long things take",
  varies: "each-run",
  fixed: "the clock fixed",
  freed: "the clock set to another day",
  choices: others.length,
  apply: (choice) =>
    choice === 0
      ? { clock: reference, control: { timers: 1000 } }
      : { clock: chosen(choice, others), control: { timers: 1000 + 317.25 * choice } },
  touched: (trace) =>
    // Before Python 3.12 the readings of datetime cannot be seen.
    trace.clocks.length > 0 || trace.coverage.layers.includes("monitoring")
      ? seenIn(trace, trace.clocks.length > 0)
      : null,
});
