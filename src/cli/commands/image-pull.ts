import { sizeText, ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";

export const imagePull = defineCommand({
  name: "image pull",
  arguments: "<reference>",
  options: [
    { flags: "-o, --output <folder>", description: "the OCI layout to make, or to add to" },
    {
      flags: "--platform <name>",
      description: "linux/arm64, linux-aarch64, …; this machine's where left out",
    },
    { flags: "--plain-http", description: "speak http with another machine; http is used here without it" },
  ],
  examples: [
    "rung image pull python:3.12-slim -o python",
    "rung image pull ghcr.io/lab/paper@sha256:1f2e… -o paper --json",
    "rung image pull localhost:5000/paper:1.0 -o paper --platform linux/arm64",
  ],
  json: true,
  async run({ words, options, console }) {
    const [reference] = words;
    const folder = options["output"];
    if (reference === undefined || typeof folder !== "string") {
      throw new ToolError("USAGE", "A reference, and the folder that takes the image", {
        hint: "rung image pull REF -o FOLDER",
      });
    }
    const { parsePlatform, pullImage } = await import("../../artifacts/image/index.ts");
    const platform = options["platform"];
    const pulled = await pullImage(reference, folder, {
      ...(typeof platform === "string" ? { platform: parsePlatform(platform) } : {}),
      plainHttp: options["plainHttp"] === true,
      progress: console.progress,
    });
    if (console.json) console.print(renderJson(pulled));
    else {
      const { pinned, digest, bytes } = pulled;
      const image = pinned.endsWith(digest) ? "" : `, its image for this platform ${digest}`;
      console.print(printable(`${folder}\n${pinned}${image}, ${sizeText(bytes)} fetched\n`));
    }
    return exitCodes.met;
  },
});
