import type { TextRule } from "./text-rule.ts";

const unit = "(?:ns|us|µs|μs|usec|nsec|ms|msec|sec|s|min|h|d)";
const duration = `\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)? ?${unit}(?: \\d+(?:\\.\\d+)? ?${unit}){0,3}`;

// What IPython's %time, %timeit and `python -m timeit` print, whole lines only: a duration elsewhere may be a result.
const lines: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(`^CPU times: (?:user ${duration}, sys: ${duration}, )?total: ${duration}$`, "gmu"),
    "CPU times: (duration)",
  ],
  [new RegExp(`^(Wall time|Compiler ?): ${duration}$`, "gmu"), "$1: (duration)"],
  [
    new RegExp(
      `^${duration} (?:±|\\+-) ${duration} per loop \\(mean (?:±|\\+-) std\\. dev\\. of (\\d+) runs?, [\\d,]+ loops? each\\)$`,
      "gmu",
    ),
    "(duration) per loop of $1 runs",
  ],
  [
    new RegExp(`^[\\d,]+ loops?, best of (\\d+): ${duration} per loop$`, "gmu"),
    "(duration) per loop, best of $1",
  ],
  [
    /^The slowest run took \d+(?:\.\d+)? times longer than the fastest\. This could mean that an intermediate result is being cached\.? *\n/gmu,
    "",
  ],
];

export const timingMagics: TextRule = {
  id: "timing-magics",
  apply: (text) => {
    if (!/(?:CPU times|Wall time|Compiler ?): |per loop/u.test(text)) return text;
    let result = text;
    for (const [pattern, replacement] of lines) result = result.replace(pattern, replacement);
    return result;
  },
};

// tqdm: "100%|████| 10/10 [00:01<00:00,  9.85it/s, loss=0.1]", without a total "10it [00:01, 9.85it/s]". All of that shape
// is asked for, since "3/4 [12:30, 45kg]" is none of it. What follows the rate was put there by the program: kept.
const clock = "(?:\\d+:)?\\d\\d:\\d\\d";
const amount = "\\d[\\d.]{0,20}[kMGTP]?";
const rate = (unit: string): string =>
  `(?:\\?|\\d+(?:\\.\\d+)?[kMGTP]?)(?:${unit}\\/s|s\\/${unit})(?=[\\],])`;
const tqdmClock = new RegExp(
  `(\\d%(?:\\|[^|[\\r\\n]{0,300}\\|)? ${amount}\\/${amount}) \\[${clock}<(?:\\?|${clock}), {0,2}${rate(" ?[a-zA-Z]{1,20}")}`,
  "gu",
);
const tqdmWithoutTotal = new RegExp(`(${amount}(?:it|B)) \\[${clock}, {0,2}${rate("(?:it|B)")}`, "gu");

// Keras: "10/10 [====] - 1s 5ms/step - loss: 0.5" and "10/10 ━━━━ 1s 5ms/step".
const kerasClock =
  /(\d\/\d{1,12} (?:\[[=>.]{1,100}\]|━{1,100}) -? ?)\d+(?:ms|us|s)(?: \d+(?:ms|us|s)\/(?:step|epoch|sample))?(?= - |$)/gmu;

export const progressBars: TextRule = {
  id: "progress-bars",
  apply: (text) => {
    let result = text;
    if (/\d\d:\d\d/u.test(text)) {
      result = result.replace(tqdmClock, "$1 [(duration)").replace(tqdmWithoutTotal, "$1 [(duration)");
    }
    if (/=\] |━ /u.test(text)) result = result.replace(kerasClock, "$1(duration)");
    return result;
  },
};
