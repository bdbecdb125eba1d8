import path from "node:path";
import { startRepository } from "../../project/index.ts";
import { renderChanges } from "../../report/changes.ts";
import { renderJson, renderTerminal } from "../../report/index.ts";
import { copyTree } from "../../sandbox/index.ts";
import { exists } from "../../system/index.ts";
import { defineCommand } from "../define-command.ts";
import { gate } from "../exit-codes.ts";
import { usualLevel } from "../level-argument.ts";

const example = path.resolve(import.meta.dirname, "../../../examples/demo");

export const demo = defineCommand({
  name: "demo",
  arguments: "[dir]",
  options: [],
  examples: ["rung demo", "rung demo /tmp/tryout"],
  json: true,
  async run({ words, console }) {
    const { climbProject, proveProject } = await import("../../levels/index.ts");
    const root = freeFolder(path.resolve(words[0] ?? "rung-demo"));
    copyTree(example, root, () => false);
    await startRepository(root, "A worked pipeline: clean, train, evaluate");
    const { bold, dim } = console.paint;
    const say = (text: string): void => console.tell(`\n${bold(text)}\n\n`);
    const show = { paint: console.paint, verbose: false };

    say(`1. A copy of the worked example is in ${root}. Where does it stand?`);
    const options = { repeats: null, progress: console.progress };
    const before = await proveProject(root, { ...options, upTo: 0 });
    console.tell(renderTerminal(before, show));

    say("2. The climb to level 3: each lift as a diff, then every level proved anew, from a clean room.");
    const { ladder } = await climbProject(root, {
      ...options,
      upTo: usualLevel,
      dryRun: false,
      refreshResults: false,
      commit: false,
      platforms: [],
      accept: async (level, changes) => {
        console.tell(`${bold(`Lift to level ${level}`)}\n\n${renderChanges(changes, console.paint)}\n`);
        return true;
      },
    });
    if (console.json) console.print(renderJson(ladder));
    else console.print(`\n${renderTerminal(ladder, show)}`);
    console.tell(
      `\n${dim(`Look around: cd ${path.relative(process.cwd(), root) || "."}; git diff --staged; rung status; rung check --verbose`)}\n`,
    );
    return gate(ladder, usualLevel, false);
  },
});

/** The folder itself, or the first of NAME-2, NAME-3, … that does not exist. */
function freeFolder(wanted: string): string {
  let folder = wanted;
  for (let n = 2; exists(folder); n += 1) folder = `${wanted}-${n}`;
  return folder;
}
