import type { LockFile } from "../../lock/index.ts";
import { readManifests } from "../../manifests/index.ts";
import type { Change } from "../../model/index.ts";
import type { LiftContext } from "../define.ts";
import { lockFollowed } from "../requirements/lock-followed.ts";
import { specFiles } from "../spec-files.ts";
import { readmeWith } from "./readme-section.ts";

/** The README with lines that install from this lock, be it written yet or not, unless those that are there do. */
export function followLock(context: LiftContext, lock: LockFile): readonly Change[] {
  const { project } = context.subject;
  const [manifest] = readManifests([lock.path], (path) => (path === lock.path ? lock.text : null));
  if (manifest === undefined) return [];
  const manifests = [...project.manifests.filter(({ path }) => path !== lock.path), manifest];
  const subject = { ...context.subject, lock, project: { ...project, manifests } };
  const isFollowed = lockFollowed(subject).every(({ evidence }) => evidence.status === "claimed");
  if (isFollowed) return [];
  return readmeWith({ ...context, subject }, specFiles(project)[0] ?? null, manifest);
}
