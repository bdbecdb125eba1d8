import type { Change } from "../../model/index.ts";
import { proposeCellOrder } from "../../source/index.ts";
import { readBytes } from "../../system/index.ts";
import type { Lift, LiftContext } from "../define.ts";

/** The lift to level 0: notebooks whose cells run only in another order get that order, where the data flow tells it. */
export async function liftCellOrder({ subject }: LiftContext): Promise<Lift> {
  const changes: Change[] = [];
  for (const command of subject.project.commands) {
    if (command.kind !== "notebook" || !subject.tree.has(command.run)) continue;
    const bytes = readBytes(`${subject.project.root}/${command.run}`);
    const proposal = await proposeCellOrder(command.run, bytes);
    if (proposal === null) continue;
    changes.push({
      path: command.run,
      before: bytes.toString("utf8"),
      after: proposal.text,
      why: "the cells, in the order in which each name is defined before it is used",
    });
  }
  return { changes, left: [] };
}
