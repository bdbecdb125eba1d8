import { ToolError } from "../../model/index.ts";
import type { Revival, ReviveOptions } from "../../revive/index.ts";

type Revive = (directory: string, options: ReviveOptions) => Promise<Revival>;

/** The operation of the room below, where it is there already. */
export async function reviveProject(directory: string, options: ReviveOptions): Promise<Revival> {
  const door = (await import("../../revive/index.ts")) as { readonly reviveProject?: Revive };
  if (door.reviveProject !== undefined) return door.reviveProject(directory, options);
  throw new ToolError("USAGE", "this build of Rung cannot revive yet", {
    hint: "Use --verb check or prove.",
  });
}
