import { needFromFailure } from "../../inference/index.ts";
import { defineMend } from "../mend.ts";
import { isSpare } from "../spare.ts";

/** A tool that is declared and never imported, and that breaks what it stands beside: part of it cannot be installed. */
export const sparePackage = defineMend({
  id: "drop-unused",
  apply({ attempt, failed, prepared, needs }) {
    const need = needFromFailure(failed.text);
    const lacking = [need?.distribution ?? "", ...(need?.candidates ?? [])].find((name) =>
      prepared.leftOut.includes(name),
    );
    const spare = attempt.asked.filter((asked) => isSpare(asked, attempt, needs));
    const [first] = spare;
    if (lacking === undefined || first === undefined) return null;
    const names = spare.map(({ name }) => name).join(", ");
    const them = spare.length === 1 ? "it" : "them";
    return {
      attempt: { ...attempt, asked: attempt.asked.filter((asked) => !spare.includes(asked)) },
      action: `leave out ${names}`,
      reason: `nothing that is run here imports ${them}, and ${lacking}, which comes with ${them}, cannot be installed`,
      location: first.location,
    };
  },
});
