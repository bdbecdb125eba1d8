import { definePerturbation, seenIn } from "./perturbation.ts";

export const entropy = definePerturbation({
  id: "entropy",
  kind: "entropy",
  title: "random bytes of the system (os.urandom, uuid4, secrets)",
  varies: "each-run",
  fixed: "the system's random bytes fixed",
  freed: "the system's random bytes changed",
  choices: 3,
  apply: (choice) => ({ control: { entropy: choice } }),
  touched: (trace) => seenIn(trace, trace.entropy.length > 0),
});
