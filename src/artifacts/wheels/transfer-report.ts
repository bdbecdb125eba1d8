import { sizeText } from "../../model/index.ts";

interface Sized {
  readonly name: string;
  readonly size: number | null;
}

/** Tells how far a row of transfers is: files, bytes and rate, at most twice a second. */
export function transferReport<T extends Sized>(
  files: readonly T[],
  progress: (message: string) => void,
  doing: "fetching" | "sending" = "fetching",
): { kept(file: T): void; has(file: T, bytes: number): void } {
  const started = performance.now();
  const come = new Map<T, number>();
  const total = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  let kept = 0;
  let told = 0;
  const sum = (): number => [...come.values()].reduce((all, bytes) => all + bytes, 0);
  return {
    kept(file) {
      kept += file.size ?? 0;
    },
    has(file, bytes) {
      come.set(file, bytes);
      const now = performance.now();
      if (now - told < 500 && bytes !== file.size) return;
      told = now;
      const rate = Math.round(sum() / Math.max(0.001, (now - started) / 1000));
      const of = total === 0 ? "" : ` of ${sizeText(total - kept)}`;
      progress(`${doing} ${file.name}: ${sizeText(sum())}${of}, ${sizeText(rate)}/s`);
    },
  };
}
