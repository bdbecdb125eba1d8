import type { Config } from "../../model/index.ts";
import { cacheDirectory, exists, joinPath, readText, sha256, writeAtomic } from "../../system/index.ts";

/** What the schema made of a value before, so that it need not be loaded (zod: 50 ms) to say the same again. */
export interface KnownConfig {
  /** Null where this value was not checked yet, or the cache cannot be read. */
  readonly config: Config | null;
  /** Remembers that the schema took the value. A cache that cannot be written is none. */
  remember(config: Config): void;
}

/** Kept for one text of the schema: another may read the same value in another way. */
const schemaFile = joinPath(import.meta.dirname, "../../model/config.ts");

const nothing: KnownConfig = { config: null, remember: () => {} };

export function knownConfig(value: unknown): KnownConfig {
  if (!isPlain(value)) return nothing;
  const key = sha256(JSON.stringify([readText(schemaFile), value]));
  const file = cacheDirectory("configs", `${key.slice(0, 32)}.json`);
  return {
    config: kept(file),
    remember(config) {
      try {
        if (isPlain(config)) writeAtomic(file, JSON.stringify(config));
      } catch {
        // A full disk or a read-only cache: next time the schema is asked again.
      }
    },
  };
}

/** Whether JSON says all of a value: it has no words for dates, infinite numbers and large integers. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    return Object.values(value).every((part) => part === undefined || isPlain(part));
  }
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

function kept(file: string): Config | null {
  try {
    return exists(file) ? (JSON.parse(readText(file)) as Config) : null;
  } catch {
    return null;
  }
}
