import { explainInstallFailure } from "../environments/index.ts";
import { normaliseName } from "../manifests/index.ts";
import { makeFinding, type Finding, type ToolError } from "../model/index.ts";
import type { Attempt } from "./attempt.ts";
import type { Mended } from "./mend.ts";
import { isSpare } from "./spare.ts";
import type { StartSpec } from "./start-spec.ts";

/** Why an attempt could not be installed, as a finding at the requirement that is at fault. */
export function installCause(error: ToolError, { asked }: Attempt): Finding {
  const told = explainInstallFailure(error, asked);
  return (
    told ??
    makeFinding(
      "environment-fails",
      "error",
      error.message,
      error.hint === undefined ? {} : { fix: error.hint },
    )
  );
}

/**
 * The attempt without what stands in the way of installing: the lock where the declarations may do, then what is
 * declared but neither imported nor called by a command. Null where all that is left is needed.
 */
export function mendInstall(
  attempt: Attempt,
  error: ToolError,
  start: StartSpec,
): (Mended & { readonly id: string }) | null {
  const cause = installCause(error, attempt);
  if (attempt.asked.some(({ origin }) => origin === "lock") && start.declared.length > 0) {
    const added = attempt.asked.filter(({ origin }) => origin === "failed run");
    return {
      id: "leave-lock",
      attempt: { ...attempt, asked: [...start.declared, ...added] },
      action: "leave the lock, and resolve what is declared",
      reason: cause.message,
      location: cause.file === null ? null : { file: cause.file, line: cause.line },
    };
  }
  const spare = attempt.asked.filter((asked) => isSpare(asked, attempt, start.needs));
  const atFault = spare.filter(({ name }) => namesPackage(`${cause.message}\n${error.message}`, name));
  const dropped = atFault.length > 0 ? atFault : spare;
  const [first] = dropped;
  if (first === undefined) return null;
  const names = dropped.map(({ name, text }) => name || text).join(", ");
  return {
    id: "drop-unused",
    attempt: { ...attempt, asked: attempt.asked.filter((asked) => !dropped.includes(asked)) },
    action: `leave out ${names}`,
    reason: `nothing that is run here imports ${dropped.length === 1 ? "it" : "them"}, and installing fails: ${cause.message}`,
    location: first.location,
  };
}

function namesPackage(text: string, name: string): boolean {
  return (
    name !== "" &&
    text.split(/[^\w.-]+/u).some((word) => normaliseName(word.replace(/[.=-]+$/u, "")) === name)
  );
}
