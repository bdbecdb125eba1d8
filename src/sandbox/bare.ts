import { quote, quoteAll, type Backend } from "./plan.ts";

/** No isolation: the command runs where its plan says, among everything else. Serves for copies only. */
export const bare: Backend = {
  kind: "none",
  program: null,
  script: (plan) => `cd ${quote(plan.cwd)} && exec ${quoteAll(plan.argv)}\n`,
};
