import { definePerturbation } from "./perturbation.ts";

export const memoryAddress = definePerturbation({
  id: "memory-address",
  kind: "memory-address",
  title: "where objects lie in memory (id)",
  varies: "each-run",
  fixed: "memory addresses fixed",
  freed: "other memory addresses",
  choices: 3,
  followsOthers: true,
  apply: (choice) => ({ addresses: choice, control: { addresses: choice } }),
});
