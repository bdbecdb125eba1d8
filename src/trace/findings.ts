import { isAbsolute } from "node:path";
import { makeFinding, type CodePlace, type Finding, type Trace } from "../model/index.ts";
import { isCache } from "./areas.ts";

/** What a project declares, to hold a trace against. */
export interface Declared {
  /** The command says that it uses the network. */
  readonly network: boolean;
  /** Places outside the tree that a declared variable leads to. */
  readonly places: readonly string[];
}

/** What a run did that its project does not declare, or that varies from run to run, each with file and line. */
export function traceFindings(trace: Trace, declared: Declared): readonly Finding[] {
  return [
    ...outside(trace, declared.places),
    ...(declared.network ? [] : contacted(trace)),
    ...unseeded(trace),
  ];
}

/** Beyond this many of a kind, one more would tell nothing new. */
const told = 20;

function outside(trace: Trace, places: readonly string[]): Finding[] {
  const isDeclared = (path: string): boolean =>
    places.some((place) => isAbsolute(place) && (path === place || path.startsWith(`${place}/`)));
  const files = trace.files.filter(
    ({ area, path, deleted, size }) =>
      area === "outside" && size !== null && !deleted && !isDeclared(path) && !isCache(path),
  );
  const read = files.filter((file) => file.read && !file.written);
  const written = files.filter((file) => file.written);
  return [
    ...read.slice(0, told).map(({ path, at }) =>
      finding("undeclared-input", `${trace.command} reads ${path}, which lies outside the project`, at, {
        why: "Others do not have it, and no proof sees when it changes.",
        fix: "Put it into the project, or declare a variable for its place in rung.toml.",
      }),
    ),
    ...written.slice(0, told).map(({ path, at }) =>
      finding("output-outside", `${trace.command} writes ${path}, which lies outside the project`, at, {
        why: "It is compared with nothing, and one run finds what an earlier one left there.",
        fix: "Write below the project's folder.",
      }),
    ),
  ];
}

const loopback = /^(?:127\.|::1$|localhost$|0\.0\.0\.0$|::$|\/|$)/u;

function contacted(trace: Trace): Finding[] {
  const found = new Map<string, CodePlace | null>();
  for (const { host, how, at } of trace.hosts)
    if (how !== "bind" && !loopback.test(host) && (found.get(host) ?? null) === null) found.set(host, at);
  return Array.from(found)
    .slice(0, told)
    .map(([host, at]) =>
      finding(
        "undeclared-network",
        `${trace.command} contacts ${host}, and does not declare the network`,
        at,
        {
          why: "What it gets there may be another tomorrow, or gone; without the network the command may fail.",
          fix: "Keep the data in the project, or set network = true for the command in rung.toml.",
        },
      ),
    );
}

/** Installers come with an environment, and packages import them where they are there. */
const installers = new Set(["pip", "setuptools", "wheel", "distribute", "certifi"]);

/** Packages that a run imported and that are not among these (normalised names): `words` say what does not name them. */
export function importFindings(
  trace: Trace,
  known: ReadonlySet<string>,
  words: { readonly rule: string; readonly unnamed: string; readonly why: string; readonly fix: string },
): readonly Finding[] {
  const names = trace.modules.flatMap(({ name, distribution, version }) =>
    distribution === null || known.has(distribution) || installers.has(distribution)
      ? []
      : [{ name, distribution, version }],
  );
  return names
    .slice(0, told)
    .map(({ name, distribution, version }) =>
      makeFinding(
        words.rule,
        "warning",
        `${trace.command} imports ${name} (${distribution}${version === null ? "" : ` ${version}`}), ${words.unnamed}`,
        { why: words.why, fix: words.fix.replaceAll("{}", distribution) },
      ),
    );
}

function unseeded(trace: Trace): Finding[] {
  return (
    trace.generators
      // Libraries make objects of their own that reach no result; those that the code makes are found by reading it.
      .filter(({ generator, unseededUse }) => unseededUse && !generator.includes("."))
      .flatMap(({ generator, unseeded: places }) =>
        (places.length === 0 ? [null] : places.slice(0, told).map(({ at }) => at)).map((at) =>
          finding("unseeded-use", `${trace.command} draws from ${generator}, which no stated seed set`, at, {
            why: "Each run draws other numbers; that two runs agree may be luck.",
            fix: "Seed it with a number of your choice before the first draw.",
          }),
        ),
      )
  );
}

function finding(
  rule: string,
  message: string,
  at: CodePlace | null,
  more: { readonly why: string; readonly fix: string },
): Finding {
  const cell = at !== null && at.cell !== null ? ` (cell ${at.cell}, line ${at.line})` : "";
  // In a notebook a line counts within its cell, and is none of the file's.
  const place = at === null ? {} : { file: at.file, line: at.cell === null ? at.line : null };
  return makeFinding(rule, "warning", `${message}${cell}`, { ...place, ...more });
}
