import { sizeText, ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { exists, isDirectory, joinPath } from "../../system/index.ts";
import type { Console } from "../console.ts";
import { defineCommand } from "../define-command.ts";
import { version } from "../version.ts";
import { exitCodes } from "../exit-codes.ts";
import { tellFindings } from "../tell-findings.ts";

export const imagePush = defineCommand({
  name: "image push",
  arguments: "<words...>",
  options: [
    { flags: "--platform <name>", description: "the one image to send of several; all where left out" },
    {
      flags: "--compress <kind>",
      description: "compress layers on the way by zstd or gzip: the image's digest is then another",
    },
    { flags: "--plain-http", description: "speak http with another machine; http is used here without it" },
  ],
  examples: [
    "rung image push ghcr.io/lab/paper:1.0",
    "rung image push paper.oci.tar localhost:5000/paper:1.0",
    "rung image push layout:v1 ghcr.io/lab/paper:v1 --json",
    "rung image push --compress zstd paper.oci.tar ghcr.io/lab/paper:1.0",
  ],
  json: true,
  async run({ words, options, console }) {
    const [source, reference] = words.length === 1 ? [".", words[0]] : words;
    if (source === undefined || reference === undefined || words.length > 2) {
      throw new ToolError("USAGE", "An image, or a project's folder, and the name that it is to have", {
        hint: "rung image push [PATH|DIR] [HOST[:PORT]/]NAME[:TAG]",
      });
    }
    const { parsePlatform, pushImage } = await import("../../artifacts/image/index.ts");
    const compress = compressorOf(options["compress"]);
    const platform = typeof options["platform"] === "string" ? options["platform"] : null;
    const stored = isProject(source) ? await makeImage(source, reference, platform, console) : source;
    if (stored === null) return exitCodes.unmet;
    const pushed = await pushImage(stored, reference, {
      platform: platform === null || stored !== source ? null : parsePlatform(platform),
      compress,
      plainHttp: options["plainHttp"] === true,
      progress: console.progress,
    });
    if (console.json) console.print(renderJson(pushed));
    else {
      const count = (how: string): number => pushed.blobs.filter((blob) => blob.how === how).length;
      const mounted = count("mounted") === 0 ? "" : `, ${count("mounted")} taken from other repositories`;
      const kept = `${count("there")} there already${mounted}`;
      const done =
        pushed.blobs.length === 0
          ? "leads there already, nothing was sent"
          : `${count("sent")} blobs sent (${sizeText(pushed.bytes)}), ${kept}`;
      console.print(printable(`${pushed.pinned}\n${pushed.reference}: ${done}\n`));
      if (pushed.uncompressedDigest !== null)
        console.tell(`Its layers were compressed: on disk its digest is ${pushed.uncompressedDigest}\n`);
    }
    return exitCodes.met;
  },
});

function compressorOf(option: unknown): "zstd" | "gzip" | null {
  if (option === undefined) return null;
  if (option === "zstd" || option === "gzip") return option;
  throw new ToolError("USAGE", `--compress: "${String(option)}" is not known here`, {
    hint: "Give zstd or gzip.",
  });
}

/** A folder that is no image layout. */
const isProject = (source: string): boolean =>
  isDirectory(source) && !exists(joinPath(source, "oci-layout")) && !exists(joinPath(source, "index.json"));

/** The path of the project's image; null where the findings that were told say why there is none. */
async function makeImage(
  directory: string,
  reference: string,
  platform: string | null,
  console: Console,
): Promise<string | null> {
  const { imageProject } = await import("../../levels/image.ts");
  const { parseReference, referenceText } = await import("../../artifacts/image/index.ts");
  const made = await imageProject(directory, {
    platform,
    output: null,
    tag: referenceText({ ...parseReference(reference), digest: null }),
    base: null,
    load: [],
    documents: true,
    toolVersion: version(),
    allowBuilds: false,
    progress: console.progress,
  });
  tellFindings(made.findings, console);
  if (made.path === null && console.json) console.print(renderJson(made));
  return made.path;
}
