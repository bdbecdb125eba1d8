import { definePerturbation, seenIn } from "./perturbation.ts";

export const directoryOrder = definePerturbation({
  id: "directory-order",
  kind: "directory-order",
  title: "the order in which folders list their files",
  varies: "each-run",
  fixed: "listings of folders in one order",
  freed: "listings of folders in another order",
  choices: 3,
  apply: (choice) => ({
    control: { listing: choice === 0 ? "sorted" : choice === 1 ? "reversed" : choice },
  }),
  touched: (trace) => seenIn(trace, trace.listings.length > 0),
});
