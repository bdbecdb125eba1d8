import { kernelLock, notebookLock } from "../../environments/index.ts";
import type { Interpreter } from "../../model/index.ts";
import { makeFinding, type Finding } from "../../model/index.ts";
import { readText } from "../../system/index.ts";
import { fetchArtifacts, type FetchedArtifact } from "../wheels/fetch-artifacts.ts";
import { lockedWheels } from "../wheels/locked-wheels.ts";
import type { WheelTarget } from "../wheels/wheel-rank.ts";

type Progress = (message: string) => void;

/** PyPA's installer: pure Python, installs wheels. The newest for each Python that a bundle may hold. */
const installers = [
  { from: 7, version: "0.7.0", sha256: "05d1933f0a5ba7d8d6296bb6d5018e7c94fa473ceb10cf198a92ccea19c27b53" },
  { from: 0, version: "0.4.0", sha256: "49e5019882c9cfccbefa85170b60df8ea62c4f5ccf81bea8eecf8c4734d5737d" },
] as const;

const minorOf = (python: string): number => Number(/^3\.(\d+)/u.exec(python)?.[1] ?? 0);

/** The wheel that the launcher installs the others with. */
export async function installerWheel(
  target: WheelTarget,
  interpreter: Interpreter,
  progress: Progress,
): Promise<FetchedArtifact> {
  const chosen = installers.find(({ from }) => minorOf(target.python) >= from) ?? installers[1];
  const text = `installer==${chosen.version} --hash=sha256:${chosen.sha256}\n`;
  const [wheel] = await wheelsOf(text, target, interpreter, progress);
  if (wheel === undefined) throw new Error("no installer for this Python");
  return wheel;
}

export interface NotebookWheels {
  readonly notebook: readonly FetchedArtifact[];
  readonly kernel: readonly FetchedArtifact[];
}

/** What runs notebooks, from Rung's own locks; a finding for a Python that is too old for it. */
export async function notebookWheels(
  target: WheelTarget,
  interpreter: Interpreter,
  progress: Progress,
): Promise<NotebookWheels | Finding> {
  if (minorOf(target.python) < 8) {
    return makeFinding(
      "pack-notebook-python",
      "error",
      `Notebooks cannot be run in a bundle with Python ${target.python}: what runs them needs 3.8 or later.`,
      {
        why: "A bundle holds one Python, and the notebook's runner uses it too.",
        fix: "Move the project to Python 3.8 or later, or run the notebook's code as a script.",
      },
    );
  }
  return {
    notebook: await wheelsOf(readText(notebookLock), target, interpreter, progress),
    kernel: await wheelsOf(readText(kernelLock), target, interpreter, progress),
  };
}

async function wheelsOf(
  text: string,
  target: WheelTarget,
  interpreter: Interpreter,
  progress: Progress,
): Promise<readonly FetchedArtifact[]> {
  const lock = { path: "requirements.txt", text };
  const chosen = await lockedWheels({ lock, folder: "/", declared: [], interpreter, target }, progress);
  const [fault] = chosen.findings;
  if (fault !== undefined) throw new Error(`Rung's own lock does not serve: ${fault.message}`);
  return fetchArtifacts(chosen.wheels, "/", progress);
}
