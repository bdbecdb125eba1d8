import { addArgument, argumentsOf, calledName, calleeOf, callsAt } from "../code-search.ts";
import { defineCodeMend } from "../mend.ts";

/** `encoding="utf-8"` where a text file is opened in the encoding of the machine. */
export const textEncoding = defineCodeMend({
  id: "text-encoding",
  kinds: ["locale"],
  summary: "name the encoding of the text",
  propose(subject) {
    return callsAt(subject).flatMap((call) => {
      const { positional, keywords } = argumentsOf(call);
      const name = calledName(call);
      const isOpen = name === "open" && /^(?:open|io\.open|.*\.open)$/u.test(calleeOf(call)?.text ?? "");
      if (
        !(isOpen || /^(?:read_text|write_text)$/u.test(name)) ||
        keywords.has("encoding") ||
        keywords.has("**")
      )
        return [];
      const isBinary = positional.slice(0, 2).some((node) => /^["'][rwax+]*b[rwax+]*["']$/u.test(node.text));
      const hasEncoding =
        name === "read_text" ? positional.length > 0 : name === "write_text" && positional.length > 1;
      if (isBinary || hasEncoding) return [];
      return [addArgument(subject.piece, call, 'encoding="utf-8"')].filter((edit) => edit !== null);
    });
  },
});
