import { exists, joinPath, listNames, readText } from "../../../system/index.ts";

/** One index of packages that apt was told of: a mirror, a release and a part of it. */
export interface AptSource {
  /** With a "/" at its end. */
  readonly uri: string;
  readonly suite: string;
  readonly component: string;
}

/** The binary packages' sources of a system (sources.list(5), both forms), updates for its security first. */
export function aptSources(folder = "/etc/apt"): readonly AptSource[] {
  const parts = joinPath(folder, "sources.list.d");
  const files = [joinPath(folder, "sources.list"), ...listNames(parts).map((name) => joinPath(parts, name))];
  const sources = files.filter(exists).flatMap((file) => {
    if (file.endsWith(".list")) return readText(file).split("\n").flatMap(ofLine);
    return file.endsWith(".sources")
      ? readText(file)
          .split(/\n\s*\n/u)
          .flatMap(ofParagraph)
      : [];
  });
  return sources
    .filter(({ uri, suite }) => /^https?:\/\//u.test(uri) && !suite.endsWith("/"))
    .map((source, order) => ({ source, order }))
    .sort((a, b) => rank(a.source.suite) - rank(b.source.suite) || a.order - b.order)
    .map(({ source }) => source);
}

const rank = (suite: string): number =>
  suite.includes("-security") ? 0 : suite.includes("-updates") ? 1 : 2;
const withSlash = (uri: string): string => (uri.endsWith("/") ? uri : `${uri}/`);

function ofLine(line: string): readonly AptSource[] {
  const [, uri, suite, components] =
    /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+([^#\n]*)/u.exec(line) ?? [];
  if (uri === undefined || suite === undefined || components === undefined) return [];
  return words(components).map((component) => ({ uri: withSlash(uri), suite, component }));
}

function ofParagraph(text: string): readonly AptSource[] {
  const fields = new Map<string, string>();
  let last = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) continue;
    const [, name, value] = /^([\w-]+):(.*)$/u.exec(line) ?? [];
    if (name !== undefined) last = name.toLowerCase();
    fields.set(last, `${fields.get(last) ?? ""} ${value ?? line}`);
  }
  const of = (name: string): readonly string[] => words(fields.get(name) ?? "");
  if (!of("types").includes("deb") || of("enabled")[0] === "no") return [];
  return of("uris").flatMap((uri) =>
    of("suites").flatMap((suite) =>
      of("components").map((component) => ({ uri: withSlash(uri), suite, component })),
    ),
  );
}

const words = (text: string): readonly string[] => text.split(/\s+/u).filter(Boolean);
