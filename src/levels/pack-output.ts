import path from "node:path";
import type { ArchiveFormat } from "../artifacts/index.ts";
import type { Bundle } from "../artifacts/pack/index.ts";

/** Where a pack goes: in .rung/packs/ where no file is named; of several platforms each has its name in the file's. */
export function packOutput(
  { manifest, platform }: Bundle,
  storeDirectory: string,
  {
    output,
    format,
    platforms,
  }: {
    readonly output: string | null;
    readonly format: ArchiveFormat;
    readonly platforms: readonly string[];
  },
): string {
  if (output === null) return path.join(storeDirectory, "packs", `${manifest.name}-${platform}.${format}`);
  const file = path.resolve(output);
  if (platforms.length < 2) return file;
  const ending = `.${format}`;
  const stem = file.endsWith(ending) ? file.slice(0, -ending.length) : file;
  return `${stem}-${platform}${ending}`;
}
