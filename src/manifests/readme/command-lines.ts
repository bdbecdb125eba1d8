import { longestLine } from "../shell/classify.ts";
import type { DocumentLine } from "./document-lines.ts";

/** A shell line: prompts, comments and line joins resolved. `name` is what Rung's own section calls it. */
export interface CommandLine extends DocumentLine {
  readonly name: string | null;
  /** A loop or condition, kept whole. */
  readonly compound: boolean;
}

const prompt =
  /^(?:\([\w .-]+\)\s*)?(?:[\w.-]+@[\w.-]+[:~ ][^$#%]*)?(?:\$|%|PS [^>]*>|[A-Z]:\\[^>]*>|❯|➜)\s+(?=\S)/u;
const runsInside = /(?:^|[\s;])(?:python\d?(?:\.\d+)?|papermill|jupyter nbconvert|Rscript)\s+\S/u;

/** Joins continued lines and loops; in a block with prompts only the prompted lines are commands. */
export function commandLines(lines: readonly DocumentLine[]): readonly CommandLine[] {
  const prompted = new Set(lines.filter((line) => prompt.test(line.text)).map((line) => line.block));
  const commands: CommandLine[] = [];
  let name: { readonly block: number; readonly said: string } | null = null;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.text.length > longestLine) continue;
    const comment = /^#\s*(\S+)\s*$/u.exec(line.text)?.[1];
    if (comment !== undefined && /^[A-Za-z0-9][\w.@-]*$/u.test(comment) && line.ours) {
      name = { block: line.block, said: comment };
      continue;
    }
    if (prompted.has(line.block) && !prompt.test(line.text)) continue;
    let text = line.text.replace(prompt, "");
    const isLoop = /^(?:for|while|if)\s/u.test(text) && line.where === "block";
    const isOpen = (): boolean => /\\\s*$/u.test(text) || (isLoop && !/(?:^|[\s;])(?:done|fi)\b/u.test(text));
    while (text.length <= longestLine && isOpen() && lines[index + 1]?.block === line.block) {
      index++;
      const next = (lines[index]?.text ?? "").replace(/^>\s+/u, "").trim();
      const joint = /\\\s*$/u.test(text) ? " " : /\b(?:do|then)\s*$/u.test(text) ? " " : "; ";
      text = text.replace(/\s*\\\s*$/u, "") + joint + next;
    }
    if (text.startsWith("#") || text.length > longestLine) continue;
    const said = text.replace(/\s+#\s.*$/u, "").trim();
    const compound = isLoop && runsInside.test(said) && /\b(?:done|fi)$/u.test(said);
    if (said === "" || (isLoop && !compound)) continue;
    commands.push({ ...line, text: said, compound, name: name?.block === line.block ? name.said : null });
    name = null;
  }
  return commands;
}
