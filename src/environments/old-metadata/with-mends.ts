import { normaliseName } from "../../manifests/index.ts";
import { ToolError } from "../../model/index.ts";
import { InstallFailure } from "../install-failure.ts";
import type { Progress } from "../progress.ts";
import { releaseMetadata, type MendedMetadata } from "./mend.ts";

interface Answer {
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes uv's resolver say which releases it left out for their metadata: it does not where others serve. */
export const tellsOfMetadata: Readonly<Record<string, string>> = { RUST_LOG: "uv_resolver=warn" };

const known = new Map<string, Promise<MendedMetadata | null>>();
/** All that was mended in this process: the next resolution is likely to meet it again. */
const ready = new Map<string, MendedMetadata>();
const mostRounds = 12;
const mostAtOnce = 40;

/**
 * Runs a resolution and, where it refused releases whose metadata is of the time before PEP 440 ("pytz (>=2011k)"),
 * runs it again with their metadata repaired; `run` gets what is to be told to uv (see settingsFor), and gives what uv
 * printed under `tellsOfMetadata`. Throws what `run` throws where nothing can be mended.
 */
export async function withMends(
  run: (mends: readonly MendedMetadata[]) => Promise<Answer>,
  progress: Progress,
): Promise<Answer> {
  const mends = new Map(ready);
  const hopeless = new Set<string>();
  for (let round = 1; ; round += 1) {
    const answer = await attempt(() => run([...mends.values()]));
    const said = answer instanceof ToolError ? stderrOf(answer) : answer.stderr;
    const refused = refusedReleases(said)
      .filter(({ key }) => !mends.has(key) && !hopeless.has(key))
      .slice(0, mostAtOnce);
    const mended = round === mostRounds ? [] : await mend(refused);
    for (const { key } of refused) hopeless.add(key);
    for (const [key, one] of mended) {
      mends.set(key, one);
      ready.set(key, one);
    }
    if (mended.length === 0) {
      if (answer instanceof ToolError) throw answer;
      return answer;
    }
    const names = [...new Set(mended.map(([, { name }]) => name))].join(", ");
    progress(`reading the old metadata of ${names}`);
  }
}

async function attempt(run: () => Promise<Answer>): Promise<Answer | ToolError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ToolError && error.cause instanceof InstallFailure) return error;
    throw error;
  }
}

const stderrOf = (error: ToolError): string =>
  error.cause instanceof InstallFailure ? error.cause.stderr : error.message;

interface Refused {
  readonly key: string;
  readonly name: string;
  readonly version: string;
}

/** The releases whose metadata uv could not read, by what it printed. */
export function refusedReleases(said: string): readonly Refused[] {
  const found = new Map<string, Refused>();
  const patterns = [
    /Metadata for `([\w.-]+)` \(v([^)\s]+)\) could not be parsed/gu,
    /`([\w.-]+)==([^`\s]+)` has invalid metadata/gu,
  ];
  for (const pattern of patterns) {
    for (const [, spelt = "", version = ""] of said.matchAll(pattern)) {
      const name = normaliseName(spelt);
      const key = `${name}==${version}`;
      if (!found.has(key)) found.set(key, { key, name, version });
    }
  }
  return [...found.values()];
}

async function mend(refused: readonly Refused[]): Promise<readonly (readonly [string, MendedMetadata])[]> {
  const results = await Promise.all(
    refused.map(async ({ key, name, version }) => {
      const reading = known.get(key) ?? releaseMetadata(name, version).catch(() => null);
      known.set(key, reading);
      const one = await reading;
      return one === null ? null : ([key, one] as const);
    }),
  );
  return results.filter((one) => one !== null);
}
