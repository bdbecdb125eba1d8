import path from "node:path";
import { ToolError, type SurveyProject, type SurveyVerb } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import type { surveyProjects } from "../../survey/index.ts";
import { isDirectory, writeAtomic } from "../../system/index.ts";
import type { Console } from "../console.ts";
import { defineCommand, type Invocation } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { usualLevel, parseLevel } from "../level-argument.ts";
import { version } from "../version.ts";

type Settings = Parameters<typeof surveyProjects>[1];
type Options = Readonly<Record<string, unknown>>;

export const survey = defineCommand({
  name: "survey",
  arguments: "[dirs-or-lists...]",
  options: [
    { flags: "--verb <verb>", description: "what is done with each: check, revive or prove (revive)" },
    {
      flags: "--entries <file>",
      description: "JSON object from project folder to the entries that count: shell lines, nb:PATH",
    },
    { flags: "--jobs <count>", description: "projects at a time (as many as processors, at most 4)" },
    { flags: "--timeout <seconds>", description: "for all the work on one project (3600)" },
    { flags: "--repeat", description: "with revive: run each entry twice, and compare" },
    { flags: "--level <level>", description: "with prove: the highest level to prove (3)" },
    { flags: "--as-of <date>", description: "with revive: the date that counts for every project" },
    { flags: "--rounds <count>", description: "with revive: how often it mends and runs again, at most" },
    { flags: "--allow-builds", description: "with revive: build packages from source where no wheel serves" },
    { flags: "--fresh", description: "look at each project again, whatever an earlier survey found" },
    { flags: "--state <dir>", description: "where finished results are kept (in Rung's cache)" },
    { flags: "--csv <file>", description: "also write a row for each entry to this file" },
    { flags: "--verbose", description: "also show what differs and what was done; all progress" },
    {
      flags: "--job <file>",
      description: "do one project's part: how a survey calls itself for each",
      hidden: true,
    },
  ],
  examples: [
    "rung survey papers/*",
    "rung survey repositories.txt --jobs 8 --csv verdicts.csv",
    "rung survey papers/* --entries entries.json --json",
    "rung survey papers/* --verb check",
  ],
  json: true,
  async run({ words, options, console }) {
    const {
      doJob,
      listProjects,
      strangersAmong,
      surveyProjects: surveyAll,
    } = await import("../../survey/index.ts");
    const { job, csv } = options;
    if (typeof job === "string") {
      await doJob(job, console.progress);
      return exitCodes.met;
    }
    const projects = listProjects(words);
    if (projects.length === 0) {
      throw new ToolError("USAGE", "Nothing to survey", {
        hint: "Name project folders, or a file that lists them: rung survey papers/*",
      });
    }
    if (typeof csv === "string" && isDirectory(path.resolve(csv))) {
      throw new ToolError("USAGE", `--csv ${csv} is a folder`, { hint: "Name a file: --csv verdicts.csv" });
    }
    const settings = await settingsOf(options, console, projects.length);
    const strangers = strangersAmong(settings.entries ?? new Map(), projects);
    if (strangers.length > 0) {
      const named = strangers.slice(0, 5).join(", ");
      const more = strangers.length > 5 ? ` and ${strangers.length - 5} more` : "";
      console.remark(
        printable(`rung: entries name ${named}${more}, not among the projects of this survey\n`),
      );
    }
    const results = await surveyAll(projects, settings);
    await show(results, options, console);
    if (typeof csv === "string") {
      const { renderSurveyCsv } = await import("../../report/survey.ts");
      writeAtomic(path.resolve(csv), renderSurveyCsv(results));
      console.remark(printable(`rung: ${csv} holds a row for each entry\n`));
    }
    return exitCodes.met;
  },
});

async function settingsOf(options: Options, console: Console, count: number): Promise<Settings> {
  const { readEntries } = await import("../../survey/index.ts");
  const { entries, state, level, asOf } = options;
  const projectSeconds = numberOf(options, "timeout", 1, 30 * 24 * 3600) ?? 3600;
  const verbose = options["verbose"] === true;
  let finished = 0;
  return {
    verb: verbOf(options["verb"] ?? "revive"),
    entries: typeof entries === "string" ? readEntries(entries) : null,
    options: {
      asOf: asOf === undefined ? null : dateOf(String(asOf)),
      rounds: numberOf(options, "rounds", 1, 100),
      allowBuilds: options["allowBuilds"] === true,
      repeat: options["repeat"] === true,
      upTo: typeof level === "string" ? parseLevel(level) : usualLevel,
      entrySeconds: Math.min(900, projectSeconds),
    },
    jobs: numberOf(options, "jobs", 1, 256),
    projectSeconds,
    stateDirectory: typeof state === "string" ? path.resolve(state) : null,
    fresh: options["fresh"] === true,
    version: version(),
    launch: [process.execPath, ...process.execArgv, process.argv[1] ?? ""],
    onStart: ({ name }) => {
      if (console.rewrites || verbose) console.progress(`${name}: begun`);
    },
    progress: ({ name }, message) => {
      if (console.rewrites || verbose) console.progress(`${name}: ${message}`);
    },
    onResult: (result, kept) => {
      finished += 1;
      const line = `[${finished}/${count}] ${resultLine(result)}${kept ? " (kept from before)" : ""}`;
      if (options["quiet"] !== true) console.remark(printable(`${line.replaceAll(/\s+/gu, " ")}\n`));
    },
  };
}

/** One project in one line, for who watches. */
function resultLine({ project, level, entries, cause, seconds }: SurveyProject): string {
  const ran = entries.filter((entry) => entry.ran === true).length;
  const started = entries.filter((entry) => entry.ran !== null).length;
  const why = cause ?? entries.find((entry) => entry.cause !== null)?.cause ?? null;
  const parts = [
    `level ${level ?? "?"}`,
    ...(started > 0 ? [`${ran} of ${started} ran`] : []),
    `${seconds} s`,
    ...(why === null ? [] : [why]),
  ];
  return `${project}: ${parts.join(", ")}`;
}

async function show(results: readonly SurveyProject[], options: Options, console: Console): Promise<void> {
  if (console.json) {
    console.print(renderJson(results));
    return;
  }
  const { renderSurvey } = await import("../../report/survey.ts");
  const { paint, width } = console;
  console.print(renderSurvey(results, { paint, width, verbose: options["verbose"] === true }));
}

function verbOf(value: unknown): SurveyVerb {
  if (value === "check" || value === "revive" || value === "prove") return value;
  throw new ToolError("USAGE", `"${String(value)}" is not what a survey can do`, {
    hint: "Give check, revive or prove.",
  });
}

function dateOf(text: string): string {
  if (/^\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?$/u.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new ToolError("USAGE", `"${text}" is no date`, { hint: "Give it as 2021-06-30." });
}

/** A whole number within bounds; null where the option is left out. Throws USAGE. */
function numberOf(options: Invocation["options"], name: string, from: number, to: number): number | null {
  const value = options[name];
  if (value === undefined) return null;
  const number = Number(value);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new ToolError(
    "USAGE",
    `--${name} takes a whole number from ${from} to ${to}, not "${String(value)}"`,
  );
}
