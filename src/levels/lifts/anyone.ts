import { readConfig, writeConfig } from "../../manifests/index.ts";
import type { Change, Project } from "../../model/index.ts";
import { readText } from "../../system/index.ts";
import type { Lift, LiftContext } from "../define.ts";

/** The lift to level 2: rung.toml names the commands and the Python version. What the owner wrote there stays. */
export async function liftToAnyone({ subject, commands, environment }: LiftContext): Promise<Lift> {
  const { project } = subject;
  const python = minorOf(environment?.interpreter.version ?? null);
  if (project.configFile === "pyproject.toml") {
    const left =
      project.python === null ? [`Say python = "${python ?? "3.11"}" in [tool.rung] of pyproject.toml.`] : [];
    return { changes: [], left };
  }
  if (project.configFile === "rung.toml") {
    const change = await statePython(project, python);
    return { changes: change === null ? [] : [change], left: [] };
  }
  return { changes: [configFor({ ...project, commands }, python)], left: [] };
}

/** A rung.toml for what was discovered. */
export function configFor(project: Project, python: string | null): Change {
  const after = writeConfig({
    name: project.name,
    python: project.python === null ? python : null,
    target: project.config.target,
    commands: project.commands,
  });
  return { path: "rung.toml", before: null, after, why: "the commands and the Python version, for machines" };
}

async function statePython(project: Project, python: string | null): Promise<Change | null> {
  if (project.python !== null || python === null) return null;
  const before = readText(`${project.root}/rung.toml`);
  const after = `python = "${python}"\n${before}`;
  const { findings } = await readConfig("rung.toml", after);
  if (findings.length > 0) return null;
  return { path: "rung.toml", before, after, why: "the Python version that was proved" };
}

function minorOf(version: string | null): string | null {
  return version === null ? null : (/^\d+\.\d+/u.exec(version)?.[0] ?? null);
}
