import fs from "node:fs";
import { compare, valid } from "@renovatebot/pep440";

/** What a distribution was seen to bring. */
export interface Observed {
  readonly name: string;
  readonly version: string;
  readonly modules: readonly string[];
  readonly from: "wheel" | "sdist";
  /** YYYY-MM-DD */
  readonly date: string;
}

export interface Observations {
  readonly all: ReadonlyMap<string, Observed>;
  /** Keeps what was seen, unless a newer release was seen before. */
  keep(found: Omit<Observed, "date">): void;
  /** Writes one line for each distribution, sorted. */
  close(): void;
}

/** The observations in a file of JSON lines; each new one is appended at once, so that nothing is lost on the way. */
export function openObservations(file: string): Observations {
  const all = new Map<string, Observed>();
  const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  for (const line of lines) {
    const found = JSON.parse(line) as Observed;
    all.set(found.name, found);
  }
  const text = (found: Observed): string => `${JSON.stringify(found)}\n`;
  return {
    all,
    keep(found) {
      const earlier = all.get(found.name);
      if (earlier !== undefined && !isNewer(found.version, earlier.version)) return;
      const dated = { ...found, date: new Date().toISOString().slice(0, 10) };
      all.set(found.name, dated);
      fs.appendFileSync(file, text(dated));
    },
    close() {
      const sorted = [...all.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
      fs.writeFileSync(file, sorted.map(text).join(""));
    },
  };
}

function isNewer(version: string, other: string): boolean {
  if (valid(version) === null) return false;
  return valid(other) === null || compare(version, other) > 0;
}
