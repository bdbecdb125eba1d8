import type { Bound } from "../dating/index.ts";

export function boundFromFailure(text: string, pins: ReadonlyMap<string, string>): Bound | null {
  if (/has no attribute 'append'/u.test(text) && pins.has("pandas"))
    return { distribution: "pandas", specifier: "<2", reason: "DataFrame.append was removed in pandas 2.0" };
  return null;
}
