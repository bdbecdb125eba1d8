import type { Command, Trace } from "../model/index.ts";
import { confirm } from "./confirm.ts";
import type { Console } from "./console.ts";

/** Shows what `--seed` did as a change to the code, and makes it where agreed; where nobody can be asked it is shown only. */
export async function offerSeed(
  command: Command,
  trace: Trace,
  seed: number,
  agreed: boolean,
  console: Console,
): Promise<void> {
  const { liftSeed } = await import("../levels/index.ts");
  const changes = await liftSeed(command, trace, seed);
  if (changes.length === 0) {
    console.remark("no change to offer: no shared generator was used, or the code seeds it\n");
    return;
  }
  const { renderChanges } = await import("../report/changes.ts");
  console.remark(`\n${renderChanges(changes, console.paint)}\n`);
  if (!agreed && !console.interactive) {
    console.remark("  hint: --yes makes this change\n");
    return;
  }
  if (!agreed && !(await confirm("Make this change?", console))) return;
  const { writeChanges } = await import("../project/index.ts");
  writeChanges(trace.root, changes);
}
