import { askedMachine, chosen, definePerturbation, lookedAt, seenIn } from "./perturbation.ts";

export const hostname = definePerturbation({
  id: "hostname",
  kind: "hostname",
  title: "the machine's name",
  varies: "elsewhere",
  fixed: "the machine's name fixed",
  freed: "the machine's name changed",
  choices: 2,
  apply: (choice) =>
    choice === 0 ? {} : { hostname: chosen(choice, ["another-machine", "a-third-one-by-the-sea"]) },
  touched: (trace) =>
    seenIn(trace, askedMachine(trace, /host|uname|node|platform/u) || lookedAt(trace, "HOSTNAME")),
});
