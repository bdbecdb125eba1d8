import os from "node:os";
import path from "node:path";

/** Where tools, environments and parse results are kept: RUNG_CACHE, else XDG_CACHE_HOME/rung, else ~/.cache/rung. */
export function cacheDirectory(...parts: string[]): string {
  const base =
    process.env["RUNG_CACHE"] ||
    path.join(process.env["XDG_CACHE_HOME"] || path.join(os.homedir(), ".cache"), "rung");
  return path.resolve(base, ...parts);
}
