import { shellLine, shellQuote } from "../system/index.ts";
import type { Backend } from "./plan.ts";

/** No isolation: the command runs where its plan says, among everything else. Serves for copies only. */
export const bare: Backend = {
  kind: "none",
  program: null,
  script: (plan) => `cd ${shellQuote(plan.cwd)} && exec ${shellLine(plan.argv)}\n`,
};
