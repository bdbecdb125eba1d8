import type { Command, Project } from "../../model/index.ts";
import type { LockPlatform } from "../../lock/index.ts";
import { sha256 } from "../../system/index.ts";
import type { FetchedArtifact } from "../wheels/fetch-artifacts.ts";
import type { BundleManifest, BundlePython } from "./bundle-manifest.ts";
import type { BundleWheels } from "./bundle-wheels.ts";
import { defaultCommand } from "./default-command.ts";
import { launcherBytes } from "./launcher-part.ts";

/** What the launcher is told. Nothing of this machine is in it. */
export function makeManifest(
  project: Project,
  commands: readonly Command[],
  platform: LockPlatform,
  python: BundlePython,
  wheels: BundleWheels,
): BundleManifest {
  const hasTools = wheels.notebook.length > 0;
  return {
    schemaVersion: 1,
    name: project.name.replaceAll(/[^\w.-]+/gu, "-").replace(/^[.-]+/u, "") || "project",
    platform,
    python,
    commands: commands.map(({ name, kind, run, cwd, env, needs, timeoutSeconds }) => ({
      name,
      kind,
      run,
      cwd,
      env,
      needs,
      timeoutSeconds,
    })),
    defaultCommand: defaultCommand(commands),
    variables: Object.entries(project.config.variables).map(([name, variable]) => ({
      name,
      default: variable.secret || variable.default === undefined ? null : String(variable.default),
      secret: variable.secret,
    })),
    wheels: namesOf(wheels.project),
    tools: hasTools ? { notebook: namesOf(wheels.notebook), kernel: namesOf(wheels.kernel) } : null,
    environment: sha256(
      JSON.stringify([
        python,
        platform,
        ...[wheels.project, wheels.notebook, wheels.kernel, [wheels.installer]].map(digestsOf),
        launcherBytes().map(sha256),
      ]),
    ),
  };
}

const namesOf = (wheels: readonly FetchedArtifact[]): readonly string[] =>
  wheels.map(({ filename }) => filename).sort();

const digestsOf = (wheels: readonly FetchedArtifact[]): readonly string[] =>
  wheels.map(({ artifact, filename }) => `${filename} ${artifact.sha256}`).sort();
