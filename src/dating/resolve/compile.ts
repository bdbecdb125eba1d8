import path from "node:path";
import {
  findUv,
  foldersOf,
  runUv,
  settingsFor,
  tellsOfMetadata,
  withMends,
  type Confine,
  type Progress,
} from "../../environments/index.ts";
import { normaliseName } from "../../manifests/index.ts";
import type { Interpreter } from "../../model/index.ts";
import { temporaryDirectory, writeScratch } from "../../system/index.ts";

/** One question to the resolver. */
export interface Question {
  readonly lines: readonly string[];
  readonly constraints: readonly string[];
  /** Requirements that count whatever packages ask for. */
  readonly overrides: readonly string[];
  readonly python: Interpreter;
  /** Nothing that was uploaded after this moment counts (ISO 8601); null: everything counts. */
  readonly before: string | null;
  /** Another moment for single distributions. */
  readonly lifted: ReadonlyMap<string, string>;
  /** May it build from source to learn what packages need? */
  readonly builds: boolean;
  readonly confine: Confine | undefined;
}

export interface Pins {
  readonly pins: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Every version that the question comes to. Throws ToolError LOCK_FAILED or NETWORK_UNAVAILABLE. */
export async function compile(question: Question, progress: Progress): Promise<Pins> {
  const { lines, constraints, overrides, python, before, lifted, builds, confine } = question;
  if (lines.length === 0) return { pins: new Map(), text: "" };
  const uv = await findUv(progress);
  using room = temporaryDirectory("dating");
  const file = (name: string, content: readonly string[]): string => {
    const at = path.join(room.path, name);
    writeScratch(at, `${content.join("\n")}\n`, 0o600);
    return at;
  };
  const args = [
    "pip",
    "compile",
    "--no-header",
    "--no-annotate",
    "--python",
    python.executable,
    "--project",
    room.path,
    "--constraints",
    file("constraints.txt", constraints),
    "--overrides",
    file("overrides.txt", overrides),
    ...(builds ? [] : ["--only-binary", ":all:"]),
    ...(before === null ? [] : ["--exclude-newer", before]),
    ...(before === null
      ? []
      : [...lifted].flatMap(([name, at]) => ["--exclude-newer-package", `${name}=${at}`])),
    file("requirements.in", lines),
  ];
  const { stdout } = await withMends((mends) => {
    writeScratch(path.join(room.path, "pyproject.toml"), settingsFor(null, [], mends), 0o600);
    return runUv(uv, args, {
      cwd: room.path,
      progress,
      code: "LOCK_FAILED",
      confine,
      reads: [...foldersOf(python), room.path],
      variables: tellsOfMetadata,
    });
  }, progress);
  return readPins(stdout);
}

/** `name==version` lines, and `name @ url` ones, whose version is the URL. */
export function readPins(text: string): Pins {
  const lines = text.split("\n").filter((line) => /^[A-Za-z0-9]/u.test(line));
  const pins = new Map<string, string>();
  for (const line of lines) {
    const [, name = "", version, url] =
      /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?(?:==([^\s;]+)|\s*@\s*(\S+))/u.exec(line) ?? [];
    const what = version ?? url;
    if (what !== undefined) pins.set(normaliseName(name), what);
  }
  return { pins, text: lines.length === 0 ? "" : `${lines.join("\n")}\n` };
}
