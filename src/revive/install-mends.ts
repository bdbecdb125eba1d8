import { explainInstallFailure } from "../environments/index.ts";
import { normaliseName } from "../manifests/index.ts";
import { makeFinding, type Finding, type ToolError } from "../model/index.ts";
import type { Asked, Attempt } from "./attempt.ts";
import type { Mended } from "./mend.ts";
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
  const spare = attempt.asked.filter((asked) => isSpare(asked, attempt, start));
  const atFault = spare.filter(({ name }) => namesPackage(`${cause.message}\n${error.message}`, name));
  const dropped = atFault.length > 0 ? atFault : spare;
  const [first] = dropped;
  if (first === undefined) return null;
  const names = dropped.map(({ name, text }) => name || text).join(", ");
  return {
    id: "drop-unused",
    attempt: { ...attempt, asked: attempt.asked.filter((asked) => !dropped.includes(asked)) },
    action: `leave out ${names}`,
    reason: `no code of the project imports ${dropped.length === 1 ? "it" : "them"}, and installing fails: ${cause.message}`,
    location: first.location,
  };
}

/** Declared, and neither imported by what runs nor the program of a command. */
function isSpare({ name, origin }: Asked, { entries }: Attempt, { needs }: StartSpec): boolean {
  if (origin !== "declared") return false;
  const needed = needs.some(
    ({ distribution, candidates }) => distribution === name || candidates.includes(name),
  );
  const words = entries.flatMap(({ command }) =>
    command.kind === "notebook" ? [] : command.run.split(/[\s;&|]+/u),
  );
  const called = words.some((word) => normaliseName(word.split("/").at(-1) ?? "") === name);
  return !needed && !called;
}

function namesPackage(text: string, name: string): boolean {
  return (
    name !== "" &&
    text.split(/[^\w.-]+/u).some((word) => normaliseName(word.replace(/[.=-]+$/u, "")) === name)
  );
}
