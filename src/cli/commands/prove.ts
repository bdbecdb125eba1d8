import { ToolError, type Proof } from "../../model/index.ts";
import type { Console } from "../console.ts";
import { defineCommand } from "../define-command.ts";
import { gate, gateOf } from "../exit-codes.ts";
import { levelAndDirectory, highestLevel } from "../level-argument.ts";
import { showLadder } from "../show-ladder.ts";

export const prove = defineCommand({
  name: "prove",
  arguments: "[level] [dir]",
  options: [
    { flags: "--reproduced", description: "exit with 1 where the committed results are not reproduced, too" },
    { flags: "--verbose", description: "show all evidence and every finding" },
    {
      flags: "-n, --repeats <count>",
      description: "runs of each command at level 0 (2, or what rung.toml says)",
    },
    {
      flags: "--image <image>",
      description:
        "prove level 5 of this image, a path or a name in a registry, rather than of one made here",
    },
    { flags: "--yes", description: "ask nothing" },
  ],
  examples: [
    "rung prove",
    "rung prove 3",
    "rung prove 2 ../paper --json",
    "rung prove 0 -n 5",
    "rung prove 5 --image ghcr.io/lab/paper:1.0",
  ],
  json: true,
  async run({ words, options, console }) {
    const { proveProject } = await import("../../levels/index.ts");
    const { level, directory } = levelAndDirectory(words);
    const image = options["image"];
    if (image !== undefined && level !== 5) {
      throw new ToolError("USAGE", "--image is for level 5", { hint: "rung prove 5 --image IMAGE" });
    }
    const ladder = await proveProject(directory, {
      upTo: level,
      repeats: repeatsOf(options["repeats"]),
      ...(typeof image === "string" ? { image } : {}),
      progress: console.progress,
      onProof: (proof) => announce(proof, console),
    });
    // Level 0 counts too: where it is not met, nothing was held against it, and level 5 stands as it did before.
    const given = ladder.rungs.filter((rung) => rung.level === 0 || rung.level === level);
    if (typeof image === "string") return showLadder(ladder, options, console, gateOf(given));
    const wanted = level ?? Math.min(ladder.project.target, highestLevel);
    return showLadder(ladder, options, console, gate(ladder, wanted, options["reproduced"] === true));
  },
});

/** Says at once what a level's proof gave. */
export function announce(proof: Proof, console: Console): void {
  console.progress(`level ${proof.level}: ${proof.verdict}`);
}

/** The count of --repeats, or null where it is left out. Throws USAGE. */
export function repeatsOf(value: unknown): number | null {
  if (value === undefined) return null;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 2 && count <= 100) return count;
  throw new ToolError("USAGE", `"${String(value)}" is no count of runs`, {
    hint: "Give a whole number from 2 to 100.",
  });
}
