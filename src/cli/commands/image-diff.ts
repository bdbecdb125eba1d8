import { ToolError } from "../../model/index.ts";
import { renderImageDifference, renderJson } from "../../report/index.ts";
import { countOption } from "../count-option.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const imageDiff = defineCommand({
  name: "image diff",
  arguments: "<a> <b>",
  options: [
    { flags: "--tree", description: "compare the files that containers see, however they lie in layers" },
    { flags: "--files <n>", description: "files told by name, for each layer (50)" },
  ],
  examples: [
    "rung image diff before.oci.tar after.oci.tar",
    "rung image diff layout:v1 layout:v2 --json",
    "rung image diff --tree ours.oci.tar theirs.tar --files 500",
  ],
  json: true,
  async run({ words, options, console }) {
    const { diffImages, openImage } = await import("../../artifacts/image/index.ts");
    const [a, b] = words;
    if (a === undefined || b === undefined) throw new ToolError("USAGE", "Two images are compared");
    using one = await openImage(a);
    using other = await openImage(b);
    const difference = await diffImages(one, other, {
      atMost: countOption(options, "files", 50),
      tree: options["tree"] === true,
    });
    console.print(console.json ? renderJson(difference) : renderImageDifference(difference));
    return difference.same ? exitCodes.met : exitCodes.unmet;
  },
});
