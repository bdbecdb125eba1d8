import type { Finding } from "../model/index.ts";
import { codeOf, type SourceFacts } from "../source/index.ts";
import { practices } from "./practices.ts";

/** What all practices find in these files (paths relative to the project's root), each place once. */
export function findPractices(sources: ReadonlyMap<string, SourceFacts>): readonly Finding[] {
  const code = new Map(Array.from(sources, ([file, facts]) => [file, codeOf(facts)] as const));
  const seen = new Set<string>();
  return practices
    .flatMap((practice) => practice.find(code))
    .filter(({ rule, file, line, message }) => {
      const key = JSON.stringify([rule, file, line, message]);
      return !seen.has(key) && seen.add(key);
    });
}
