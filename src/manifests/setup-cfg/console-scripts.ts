import type { Command } from "../../model/index.ts";
import { makeCommand } from "../shell/make-command.ts";

/** Programs that installing the project puts on PATH, from lines such as `name = package.module:function`. */
export function readConsoleScripts(
  path: string,
  lines: readonly { readonly text: string; readonly line: number }[],
): readonly Command[] {
  return lines.flatMap(({ text, line }) => {
    const name = /^([A-Za-z0-9][\w.-]*)\s*=/u.exec(text)?.[1];
    if (name === undefined) return [];
    return [makeCommand({ name, kind: "run", run: name, location: { file: path, line } })];
  });
}
