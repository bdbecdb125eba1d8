import { askedMachine, definePerturbation } from "./perturbation.ts";

/** The number that programs are told, and the processors that they really have, as far as there are more than one. */
export const cpuCount = definePerturbation({
  id: "cpu-count",
  kind: "cpu-count",
  title: "the number of processors",
  varies: "elsewhere",
  fixed: "the number of processors fixed",
  freed: "another number of processors",
  choices: 3,
  apply(choice, { machine }) {
    const { processors } = machine;
    const count = processors.length;
    if (choice === 0) return { cpus: processors, control: { cpuCount: count } };
    const others = [count === 3 ? 5 : 3, count === 1 ? 2 : 1, count === 64 ? 48 : 64];
    const told = others[choice - 1] ?? 7;
    return { cpus: processors.slice(0, Math.max(1, told)), control: { cpuCount: told } };
  },
  touched: (trace) => (askedMachine(trace, /cpu|affinity/u) ? true : null),
});
