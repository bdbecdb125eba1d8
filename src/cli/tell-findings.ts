import type { Finding } from "../model/index.ts";
import { printable } from "../report/index.ts";
import type { Console } from "./console.ts";

/** Findings beside a result, each on a line with its place, and what mends it below. */
export function tellFindings(findings: readonly Finding[], console: Console): void {
  for (const { severity, message, file, line, fix } of findings) {
    const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
    console.tell(printable(`${severity}: ${place}${message}\n${fix === null ? "" : `  fix: ${fix}\n`}`));
  }
}
