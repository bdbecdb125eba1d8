import { definePerturbation } from "./perturbation.ts";

export const network = definePerturbation({
  id: "network",
  kind: "network",
  title: "the network",
  varies: "elsewhere",
  fixed: "the network as it is",
  freed: "no network",
  choices: 1,
  mayFail: true,
  apply: (choice) => (choice === 0 ? {} : { network: false }),
  notHere: (context) => (context.network ? null : "the command has no network"),
  touched: (trace) => (trace.hosts.length > 0 ? true : null),
});
