import { createColors } from "picocolors";

export type Paint = ReturnType<typeof createColors>;

/** Colours for a stream: off where NO_COLOR is set, in CI without FORCE_COLOR, and where it is no terminal. */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  if (environment["FORCE_COLOR"]) return createColors(true);
  return createColors(stream.isTTY === true && !environment["NO_COLOR"] && environment["TERM"] !== "dumb");
}
