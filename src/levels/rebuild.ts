import { clockAhead, copyTree } from "../sandbox/index.ts";
import type { Evidence } from "../model/index.ts";
import { cacheDirectory, joinPath, runProcess, shellLine, temporaryDirectory } from "../system/index.ts";
import type { Pass } from "./define.ts";
import type { Subject } from "./subject.ts";

/** Certificates of an index last longer, should it have to be asked. */
const daysAhead = 20;
const program = joinPath(import.meta.dirname, "rebuild-image.ts");

/**
 * Makes the image once more, from scratch: another process on a copy of the tree at another path, with another clock where
 * libfaketime is installed, zone, locale, umask, home and user's name, and none of the layers made before.
 */
export async function rebuiltEvidence(
  subject: Subject,
  pass: Pass,
  first: { readonly digest: string; readonly tag: string },
): Promise<Evidence> {
  using work = temporaryDirectory("rebuild", pass.workDirectory);
  const copy = joinPath(work.path, "another place", subject.project.name);
  pass.progress("making the image once more, elsewhere and with another clock, zone, locale, umask and user");
  copyTree(subject.project.root, copy, (folder) => folder === ".rung");
  const clock = clockAhead(daysAhead);
  const output = joinPath(work.path, "again.oci.tar");
  const words = [process.execPath, program, copy, output, first.tag, joinPath(work.path, "layers")];
  const result = await runProcess(["/bin/sh", "-c", `umask 077; exec ${shellLine(words)}`], {
    cwd: work.path,
    env: {
      PATH: process.env["PATH"],
      HOME: joinPath(work.path, "home"),
      // What was fetched is the same wherever it lies; what was made of it is made anew.
      RUNG_CACHE: cacheDirectory(),
      USER: "somebody-else",
      LOGNAME: "somebody-else",
      TZ: "Pacific/Kiritimati",
      LC_ALL: "tr_TR.UTF-8",
      ...clock,
    },
  });
  const digest = result.stdout.toString("utf8").trim().split("\n").at(-1) ?? "";
  const changed = `another path, zone, locale, umask and home${clock === null ? "" : `, a clock ${daysAhead} days ahead`}`;
  if (result.exitCode !== 0) {
    const said = result.stderr.toString("utf8").trim().split("\n").at(-1) ?? "";
    // That it could not be made again here says nothing of the image: unknown, and so not met.
    return { id: "rebuilt", status: "missing", summary: `made once more (${changed}): failed: ${said}` };
  }
  return digest === first.digest
    ? {
        id: "rebuilt",
        status: "proved",
        summary: `made once more from scratch (${changed}): the same digest`,
      }
    : { id: "rebuilt", status: "failed", summary: `made once more (${changed}): another digest, ${digest}` };
}
