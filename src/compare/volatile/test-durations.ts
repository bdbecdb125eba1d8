import type { TextRule } from "./text-rule.ts";

const outcome =
  "\\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?|rerun|subtests passed)";

const collected = "\\d+(?:\\/\\d+)? tests? collected(?: \\(\\d+ deselected\\))?";

// The width of the rules around a line of pytest follows from what stands in it.
const lines: readonly (readonly [RegExp, string])[] = [
  // pytest: "==== 1 passed, 2 warnings in 0.07s ====", "3 passed in 61.23s (0:01:01)" with -q.
  [
    new RegExp(
      `^(?:=+ )?(${outcome}(?:, ${outcome}){0,9}|no tests ran|${collected}) in \\d+\\.\\d+s?(?: seconds)?(?: \\((?:\\d+ days?, )?\\d+:\\d\\d:\\d\\d\\))?(?: =+)?$`,
      "gmu",
    ),
    "$1 in (duration)",
  ],
  // unittest: "Ran 3 tests in 0.002s".
  [/^(Ran \d+ tests?) in \d+\.\d+s$/gmu, "$1 in (duration)"],
  // pytest --durations: which tests were slowest, and how many were too fast to be shown, says nothing but time.
  [
    /^=+ (slowest (?:\d+ )?(?:test )?durations) =+\n(?:\d+\.\d+s (?:call|setup|teardown) +\S[^\n]*\n|\(\d+ durations < [\d.]+s hidden\.[^\n]*\)\n|\n)*/gmu,
    "$1 (duration)\n",
  ],
];

/** What pytest and unittest print of time; how many tests passed, failed and ran still counts. */
export const testDurations: TextRule = {
  id: "test-summary-duration",
  apply: (text) => {
    if (!/ in \d|durations =/u.test(text)) return text;
    let result = text;
    for (const [pattern, replacement] of lines) result = result.replace(pattern, replacement);
    return result;
  },
};

/** With -v pytest's header names the Python that runs it: another path where the environment lies elsewhere. */
export const testHeader: TextRule = {
  id: "test-header-path",
  apply: (text) => (text.includes(", pluggy-") ? text.replace(headerLine, "$1 -- (python)") : text),
};

const headerLine = /^(platform \S+ -- Python \S+ ?, pytest-\S+, pluggy-\S+) -- \/\S+$/gmu;
