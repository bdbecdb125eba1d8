import { compare, validRange } from "@renovatebot/pep440";
import { pythonSpecifier, satisfiesSpecifier } from "../../manifests/index.ts";
import { ToolError, type Interpreter } from "../../model/index.ts";
import type { Progress } from "../progress.ts";
import { findUv } from "../uv/find-uv.ts";
import { runUv } from "../uv/run-uv.ts";
import { ownPythons } from "./candidates.ts";
import { defaultInterpreter, listInterpreters } from "./list.ts";

/**
 * The interpreter for a PEP 440 specifier ("==3.11.*", ">=3.10,<3.13"; a plain "3.11" means its newest patch).
 * Of several minor versions that satisfy, the default Python's is taken, else the newest; of that, the newest patch.
 * Null: what `python3` or `python` is on PATH. Where none serves, `uv python install` is tried.
 * Throws ToolError INTERPRETER_MISSING, which names what is installed.
 */
export async function chooseInterpreter(
  specifier: string | null,
  progress: Progress = () => {},
): Promise<Interpreter> {
  const preferred = await defaultInterpreter();
  if (specifier === null || specifier.trim() === "") {
    if (preferred !== null) return preferred;
    const best = pickInterpreter(await listInterpreters(), ">=3.8", null);
    return best ?? missing("No Python was found on PATH", await listInterpreters(), null);
  }
  const range = pythonSpecifier(specifier);
  const installed = await listInterpreters();
  if (range === null || !validRange(range)) {
    return missing(`"${specifier}" is no Python version specifier (PEP 440)`, installed, null);
  }
  const chosen = pickInterpreter(installed, range, preferred);
  return chosen ?? fetchInterpreter(range, installed, progress);
}

/** The choice among those installed, as chooseInterpreter describes it; null where none satisfies. */
export function pickInterpreter(
  installed: readonly Interpreter[],
  specifier: string,
  preferred: Interpreter | null,
): Interpreter | null {
  const serving = installed.filter(
    ({ implementation, version }) => implementation === "cpython" && satisfiesSpecifier(version, specifier),
  );
  // A stable sort keeps the order of PATH among equals; prereleases come last.
  serving.sort((a, b) => Number(isPrerelease(a)) - Number(isPrerelease(b)) || compare(b.version, a.version));
  const sameSeries =
    preferred === null
      ? []
      : serving.filter((one) => series(one) === series(preferred) && !isPrerelease(one));
  return sameSeries[0] ?? serving[0] ?? null;
}

const series = ({ version }: Interpreter): string => version.split(".").slice(0, 2).join(".");
const isPrerelease = ({ version }: Interpreter): boolean => /[a-z]/u.test(version);

async function fetchInterpreter(
  specifier: string,
  installed: readonly Interpreter[],
  progress: Progress,
): Promise<Interpreter> {
  progress(`installing Python ${specifier}`);
  try {
    const uv = await findUv(progress);
    await runUv(uv, ["python", "install", specifier, "--no-bin", "--install-dir", ownPythons()], {
      progress,
    });
  } catch (error) {
    return missing(`No Python that satisfies ${specifier} is installed`, installed, error);
  }
  const chosen = pickInterpreter(await listInterpreters(), specifier, null);
  return chosen ?? missing(`No Python that satisfies ${specifier} is installed`, installed, null);
}

function missing(message: string, installed: readonly Interpreter[], cause: unknown): never {
  const versions = [...new Set(installed.map(({ version }) => version))].sort(compare).join(", ") || "none";
  const offline = cause instanceof ToolError && cause.code === "NETWORK_UNAVAILABLE";
  const why = offline ? "no answer from the network." : cause instanceof Error ? cause.message : "";
  const tried = why === "" ? "" : ` Fetching one failed: ${why}`;
  throw new ToolError("INTERPRETER_MISSING", `${message}. Installed: ${versions}.${tried}`, {
    cause,
    hint: 'Install it (`uv python install VERSION`, pyenv, or the system\'s package), then run the same again; or state another Python in rung.toml (python = "...").',
  });
}
