import { nearMiss } from "../../diagnose/index.ts";
import { isKnownDistribution, needFromFailure } from "../../inference/index.ts";
import { foldersThatHold } from "../own-modules.ts";
import { defineMend } from "../mend.ts";

/** A package that the code, or a library on its behalf, needs and that is not installed. */
export const missingPackage = defineMend({
  id: "missing-package",
  apply({ attempt, failed, prepared }) {
    const need = needFromFailure(failed.text);
    const distribution = need?.distribution ?? need?.candidates[0] ?? null;
    if (need === null || distribution === null) return null;
    // A module that the project has itself, and a part that an installed package lacks, come from no other package.
    if (need.module !== "" && foldersThatHold(failed.project, need.module).length > 0) return null;
    // A package of the index that happens to have the name that the code misspells would only hide the cause.
    if (need.module !== "" && nearMiss(failed, need.module)?.severity === "error") return null;
    if (
      prepared.leftOut.includes(distribution) ||
      prepared.pins.has(distribution) ||
      attempt.asked.some(({ name }) => name === distribution)
    )
      return null;
    const location = failed.place ?? { file: failed.command.run, line: null };
    const unsure =
      need.distribution === null ? `; of ${need.candidates.join(", ")} it is the one most used` : "";
    const guessed = isKnownDistribution(distribution)
      ? ""
      : "; a guess from the name alone: nothing is known of such a package, and another may be meant";
    return {
      attempt: {
        ...attempt,
        asked: [...attempt.asked, { name: distribution, text: distribution, location, origin: "failed run" }],
      },
      action: `install ${distribution}`,
      reason: `${need.reason}${unsure}${guessed}`,
      location,
    };
  },
});
