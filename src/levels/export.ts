import path from "node:path";
import { chooseInterpreter, installedDistributions, ownEnvironment } from "../environments/index.ts";
import { exportLock, installableLock, type Exported, type ExportFormat } from "../lock/index.ts";
import { ToolError } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore } from "../store/index.ts";
import { writeOutput } from "../system/index.ts";
import { directRequirements } from "./spec-files.ts";
import { readSubject } from "./subject.ts";

export interface ExportOptions {
  readonly format: ExportFormat["id"];
  /** The file to write, as seen from the working folder; null where the text is only given back. */
  readonly output: string | null;
  /** Whether another file that is there may be replaced. */
  readonly replace: boolean;
  readonly toolVersion: string;
  readonly progress: (message: string) => void;
}

export interface ProjectExport extends Exported {
  /** Absolute path of what was written; null where nothing was. */
  readonly path: string | null;
  /** The lock that it comes from, and what was recovered. */
  readonly origin: string;
}

/**
 * Writes a project's lock, of whatever format, in another. Throws ToolError LOCK_FAILED where there is no lock or it
 * cannot be installed from; USAGE where the output is there and not to be replaced.
 */
export async function exportProject(directory: string, options: ExportOptions): Promise<ProjectExport> {
  const root = projectRoot(directory);
  const store = openStore(root);
  try {
    const subject = await readSubject(root, store);
    const { project, lock } = subject;
    if (lock === null) {
      throw new ToolError("LOCK_FAILED", `${project.name} has no lock to export`, {
        hint: "rung lock writes pylock.toml.",
      });
    }
    const interpreter = await chooseInterpreter(project.python?.specifier ?? null);
    const declared = directRequirements(project);
    const made = await installableLock({ lock, folder: root, declared, interpreter }, options.progress);
    const fault = made.findings.find(({ severity }) => severity === "error");
    if (fault !== undefined) {
      throw new ToolError("LOCK_FAILED", fault.message, {
        location: { file: fault.file ?? lock.path, ...(fault.line === null ? {} : { line: fault.line }) },
        ...(fault.fix === null ? {} : { hint: fault.fix }),
      });
    }
    const own = options.format === "cyclonedx" ? await ownEnvironment(root) : null;
    const exported = await exportLock(
      {
        format: options.format,
        project: project.name,
        lockPath: lock.path,
        pylock: made.text,
        fileName: options.output === null ? null : path.basename(options.output),
        python: /(\d+\.\d+(?:\.\d+)?)/u.exec(project.python?.specifier ?? interpreter.version)?.[1] ?? "3",
        declared: [...declared, ...condaRequirements(project.manifests)],
        channels: project.manifests.flatMap(({ indexes }) =>
          indexes.flatMap(({ kind, url }) => (kind === "channel" ? [url] : [])),
        ),
        installed: own === null ? [] : installedDistributions(own),
        toolVersion: options.toolVersion,
      },
      options.progress,
    );
    const file = options.output === null ? null : path.resolve(options.output);
    if (file !== null) writeOutput(file, exported.text, options.replace);
    return {
      ...exported,
      findings: [...made.findings, ...exported.findings],
      path: file,
      origin: made.origin,
    };
  } finally {
    store.close();
  }
}

const condaRequirements = (
  manifests: Awaited<ReturnType<typeof readSubject>>["project"]["manifests"],
): ReturnType<typeof directRequirements> =>
  manifests
    .filter(({ isLock }) => !isLock)
    .flatMap(({ requirements }) =>
      requirements.filter(({ ecosystem, group }) => ecosystem === "conda" && group === ""),
    );
