import { askedMachine, definePerturbation, lookedAt } from "./perturbation.ts";

export const user = definePerturbation({
  id: "user",
  kind: "user",
  title: "who runs it",
  varies: "elsewhere",
  fixed: "the user fixed",
  freed: "another user",
  choices: 2,
  apply: (choice) => ({ otherUser: choice }),
  touched: (trace) =>
    askedMachine(trace, /uid|gid|login|getuser|getpw|getgr/u) ||
    lookedAt(trace, "USER", "LOGNAME", "USERNAME", "LNAME")
      ? true
      : null,
});
