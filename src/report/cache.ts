import { sizeText } from "../model/index.ts";
import type { CacheUse, PrunedKind } from "../environments/index.ts";
import { printable } from "./printable.ts";

/** What the cache holds, by kind. */
export function renderCache(folder: string, use: readonly CacheUse[]): string {
  const total = use.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = use.map(({ kind, bytes, prunable }) => [kind, sizeText(bytes), prunable ? "" : "stays"]);
  return printable(`${folder}\n${inColumns([...rows, ["all", sizeText(total), ""]])}`);
}

/** What went from the cache, or would go. */
export function renderPrunedCache(pruned: readonly PrunedKind[], isDry: boolean): string {
  if (pruned.length === 0) return "Nothing is to be removed from the cache.\n";
  const rows = pruned.map(({ kind, entries, bytes }) => [
    kind,
    entries === null ? "" : String(entries),
    sizeText(bytes),
  ]);
  return `${isDry ? "To be removed:" : "Removed:"}\n${inColumns(rows)}`;
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? "").length));
  const lines = rows.map(([name = "", ...cells]) =>
    `  ${name.padEnd(width(0))}${cells.map((cell, index) => `  ${cell.padStart(width(index + 1))}`).join("")}`.trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
