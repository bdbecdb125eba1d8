import type { Trace } from "../model/index.ts";
import type { Suspect } from "./suspect.ts";

export function suspectsOf(_trace: Trace, _varies: "each-run" | "elsewhere"): readonly Suspect[] {
  const common = { places: [], touched: true, varies: "each-run", weight: 10 } as const;
  return [
    {
      ...common,
      id: "hash-seed",
      kind: "hash-seed",
      name: "the hash seed",
      drawn: true,
      choose: (choice) => ({ conditions: { variables: { PYTHONHASHSEED: String(choice) } } }),
      fixed: "PYTHONHASHSEED fixed",
      freed: "the hash seed changed",
    },
    {
      ...common,
      id: "random-seed",
      kind: "random-seed",
      name: "the random seed",
      drawn: true,
      choose: (choice) => ({ control: { random: choice } }),
      fixed: "the random generators seeded",
      freed: "the random seed changed",
    },
    {
      ...common,
      id: "clock",
      kind: "clock",
      name: "the clock",
      drawn: false,
      choose: (choice) => ({ control: { clock: 1_600_000_000 + choice * 40_000_000 } }),
      fixed: "the clock fixed",
      freed: "the clock changed",
    },
  ];
}
