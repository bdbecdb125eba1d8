import type { Environment } from "../model/index.ts";
import { exists } from "../system/index.ts";

export type Variables = Record<string, string>;

/** The owner's variables as they are, with the environment's programs first on PATH. */
export function copyVariables(environment: Environment, programs: readonly string[]): Variables {
  const variables: Variables = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables[name] = value;
  variables["PATH"] = [...programs, variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"].join(":");
  return { ...variables, ...entered(environment) };
}

/** A room's variables: these and no others. Nothing is inherited. */
export function roomVariables(
  environment: Environment,
  programs: readonly string[],
  home: string,
): Variables {
  return {
    PATH: [...programs, "/usr/local/bin:/usr/bin:/bin"].join(":"),
    HOME: home,
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
    TMPDIR: "/tmp",
    PYTHONNOUSERSITE: "1",
    ...entered(environment),
  };
}

/** What activation scripts set beside PATH. */
function entered(environment: Environment): Variables {
  return exists(`${environment.prefix}/pyvenv.cfg`) ? { VIRTUAL_ENV: environment.prefix } : {};
}

/** With variables of no meaning, so that a program sees `count` of them; those in `hidden` it does not see. */
export function filledUp(variables: Variables, count: number, hidden: readonly string[]): Variables {
  const seen = Object.keys(variables).filter((name) => !hidden.includes(name)).length;
  const more = Array.from({ length: Math.max(0, count - seen) }, (_, at) => [`UNUSED_VARIABLE_${at}`, ""]);
  return { ...variables, ...(Object.fromEntries(more) as Variables) };
}
