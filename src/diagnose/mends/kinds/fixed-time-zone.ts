import type { Node } from "web-tree-sitter";
import { addArgument, argumentsOf, calledName, calleeOf, callsAt, namesFor } from "../code-search.ts";
import { defineCodeMend, type CodeEdit, type MendSubject } from "../mend.ts";

/** Times in UTC where they would be those of the machine's zone. */
export const fixedTimeZone = defineCodeMend({
  id: "fixed-time-zone",
  kinds: ["time-zone"],
  summary: "work in UTC instead of the zone of the machine",
  propose(subject) {
    for (const call of callsAt(subject)) {
      const edits = inUtc(subject, call);
      if (edits.length > 0) return edits;
    }
    return [];
  },
});

function inUtc(subject: MendSubject, call: Node): CodeEdit[] {
  const { piece } = subject;
  const { positional, keywords } = argumentsOf(call);
  const callee = calleeOf(call);
  const name = calledName(call);
  if (callee === null) return [];
  if (name === "localtime") {
    return [{ piece, start: callee.endIndex - name.length, end: callee.endIndex, text: "gmtime" }];
  }
  if (name === "strftime" && callee.text.startsWith("time.") && positional.length === 1)
    return keep(addArgument(piece, call, "time.gmtime()"));
  const wants =
    name === "fromtimestamp" ? positional.length === 1 : name === "now" && positional.length === 0;
  if (!wants || keywords.has("tz") || !/\b(?:datetime|dt)\b/u.test(callee.text)) return [];
  const zone = zoneName(subject, callee.text);
  return zone === null ? [] : keep(addArgument(piece, call, name === "now" ? zone : `tz=${zone}`));
}

/** How the code can say UTC: through the module, or through a name that it imports. */
function zoneName({ pieces }: MendSubject, callee: string): string | null {
  const [module] = namesFor(pieces, "datetime");
  const isThroughModule = module !== undefined && callee.startsWith(`${module}.datetime`);
  if (isThroughModule) return `${module}.timezone.utc`;
  const [timezone] = namesFor(pieces, "datetime.timezone");
  if (timezone !== undefined) return `${timezone}.utc`;
  return '__import__("datetime").timezone.utc';
}

const keep = (edit: CodeEdit | null): CodeEdit[] => (edit === null ? [] : [edit]);
