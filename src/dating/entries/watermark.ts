/** What a notebook's stored outputs tell of the day and the versions that they were made with. */
export interface Watermark {
  /** YYYY-MM-DD */
  readonly date: { readonly day: string; readonly line: number | null } | null;
  /** "3.6" */
  readonly python: { readonly series: string; readonly line: number | null } | null;
  /** Distributions by the names that are printed, and their versions. */
  readonly packages: ReadonlyMap<string, string>;
}

const nothing: Watermark = { date: null, python: null, packages: new Map() };

const month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
/** As the watermark extension, sinfo and session_info print it. */
const dateLines: readonly RegExp[] = [
  /^(?:last updated|session information updated at|last run|date):?\s+(\d{4})-(\d\d)-(\d\d)/iu,
  new RegExp(`^last updated:?\\s+(?:[A-Z][a-z]{2},? )?${month} +(\\d{1,2}),? (\\d{4})`, "iu"),
  /^last updated:?\s+(\d\d)\/(\d\d)\/(\d{4})/iu,
];
const pythonLines: readonly RegExp[] = [
  /^CPython:? (3\.\d+)\.\d+/u,
  /^Python version\s*: (3\.\d+)\.\d+/u,
  /^python\s*: (3\.\d+)\.\d+/iu,
  /^Python\s+(3\.\d+)\.\d+/u,
  /^'?(3\.\d+)\.\d+ (?:\(|\|)/u,
];
const packageLine = /^([A-Za-z][\w.-]*)\s*(?:==|:|\s)\s*v?(\d+(?:\.\d+)+[\w.+]*)$/u;
const heads =
  /^(?:INSTALLED VERSIONS|CPython:? 3|Python version\s*:|Python implementation:|IPython\s|-----$)/mu;

/** Reads the text of an .ipynb file; only its outputs count. Never throws. */
export function readWatermark(text: string): Watermark {
  // Most notebooks have none, and a large one takes its time to parse.
  if (
    !/last updated|updated at|CPython|python\s*:|Python version|INSTALLED VERSIONS|\(default|\| packaged/iu.test(
      text,
    )
  )
    return nothing;
  let date: Watermark["date"] = null;
  let python: Watermark["python"] = null;
  const packages = new Map<string, string>();
  for (const output of outputTexts(text)) {
    const lists = heads.test(output);
    for (const raw of output.split("\n")) {
      const line = raw.trim();
      if (line.length > 200) continue;
      const day = dayOf(line);
      if (day !== null) date = { day, line: lineOf(text, line) };
      const series = first(pythonLines, line);
      if (series !== null) python ??= { series, line: lineOf(text, line) };
      const [, name, version] = lists && series === null ? (packageLine.exec(line) ?? []) : [];
      if (name !== undefined && version !== undefined && !notPackages.has(name)) packages.set(name, version);
    }
  }
  return { date, python, packages };
}

/** Keys of the same lists that name the machine. */
const notPackages = new Set([
  "release",
  "OS-release",
  "byteorder",
  "processor",
  "compiler",
  "system",
  "python",
]);

function first(patterns: readonly RegExp[], line: string): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function dayOf(line: string): string | null {
  const [iso, named, slashed] = dateLines.map((pattern) => pattern.exec(line));
  if (iso) return valid(iso[1], iso[2], iso[3]);
  if (named) return valid(named[3], String(months.indexOf((named[1] ?? "").toLowerCase()) + 1), named[2]);
  return slashed ? valid(slashed[3], slashed[2], slashed[1]) : null;
}

function valid(year = "", monthNumber = "", day = ""): string | null {
  const text = `${year}-${monthNumber.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || Number(year) < 2008 || Number(year) > 2100 ? null : text;
}

/** The line of the file on which a printed line stands. */
function lineOf(text: string, printed: string): number | null {
  const at = text.indexOf(printed);
  return at === -1 ? null : text.slice(0, at).split("\n").length;
}

type Json = Readonly<Record<string, unknown>>;
const recordsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((one): one is Json => typeof one === "object" && one !== null) : [];
const textIn = (value: unknown): string =>
  typeof value === "string"
    ? value
    : Array.isArray(value)
      ? value.filter((one) => typeof one === "string").join("")
      : "";

function outputTexts(text: string): readonly string[] {
  let notebook: Json;
  try {
    const value: unknown = JSON.parse(text);
    notebook = typeof value === "object" && value !== null ? (value as Json) : {};
  } catch {
    return [];
  }
  const sheets = recordsIn(notebook["worksheets"]);
  const cells = [notebook, ...sheets].flatMap((holder) => recordsIn(holder["cells"]));
  return cells.flatMap((cell) =>
    recordsIn(cell["outputs"]).map((output) => {
      const data = output["data"] as Json | undefined;
      return `${textIn(output["text"])}${textIn(data?.["text/plain"])}`;
    }),
  );
}
