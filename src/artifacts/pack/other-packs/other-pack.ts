import type { Finding } from "../../../model/index.ts";
import type { ListedMember } from "../../archive/list-members.ts";

/** What another tool packed, as far as reading it tells. */
export interface OtherPack {
  readonly tool: "conda-pack" | "pixi-pack" | "rung";
  /** "linux-x86_64" and the like, as the tool has it ("linux-64") where Rung has no name for it. */
  readonly platform: string | null;
  /** "3.11.7"; null where it holds no Python. */
  readonly python: string | null;
  readonly packages: number;
  /** Files whose content is what the tool's own metadata says, files that differ, and those it says nothing of. */
  readonly intact: number;
  readonly differing: number;
  readonly unchecked: number;
  readonly findings: readonly Finding[];
  /** For the verdict, in one sentence each. */
  readonly evidence: readonly string[];
}

/** One tool's kind of pack: a new one is one file, and one line in the array of recognise-pack.ts. */
export interface PackReader {
  /** Which members' content is looked at. */
  readonly keeps: (name: string) => boolean;
  /** Null for what is none of its. */
  readonly read: (members: ReadonlyMap<string, ListedMember>, archive: string) => OtherPack | null;
}

const platformNames: Readonly<Record<string, string>> = {
  "linux-64": "linux-x86_64",
  "linux-aarch64": "linux-aarch64",
  "osx-64": "macos-x86_64",
  "osx-arm64": "macos-arm64",
  "win-64": "windows-x86_64",
};

/** conda's name of a platform as Rung's; as it is where Rung has none. */
export const platformOf = (subdir: string): string => platformNames[subdir] ?? subdir;

/** The JSON of a member as a table; null where it is none. */
export function tableIn(member: ListedMember | undefined): Readonly<Record<string, unknown>> | null {
  const content = member?.content ?? null;
  if (content === null) return null;
  try {
    const found: unknown = JSON.parse(content.toString("utf8"));
    return isTable(found) ? found : null;
  } catch {
    return null;
  }
}

export const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** At most ten names, and how many more there are. */
export function named(names: readonly string[]): string {
  const more = names.length > 10 ? ` and ${names.length - 10} more` : "";
  return `${names.slice(0, 10).join(", ")}${more}`;
}
