import { ToolError } from "../../../model/index.ts";
import {
  findProgram,
  joinPath,
  makeDirectory,
  makeLink,
  runProcess,
  temporaryDirectory,
  writeScratch,
} from "../../../system/index.ts";
import type { Image } from "../image.ts";
import { hexOf } from "../oci/descriptor.ts";
import { imageName } from "./image-name.ts";
import { layoutFiles } from "./layout-files.ts";
import { writeImageArchive } from "./write-image.ts";

export const engines = ["podman", "docker"] as const;
export type Engine = (typeof engines)[number];

const timeoutMs = 30 * 60_000;

/**
 * Puts an image into the store of an engine of this machine, under its name. `archive` is the image as one archive, where
 * it lies there already. podman keeps the manifest's digest; Docker knows images by their config's.
 * Throws ToolError TOOL_MISSING or ENGINE_FAILED.
 */
export async function loadImage(
  image: Image,
  tag: string,
  engine: Engine,
  archive: string | null,
): Promise<void> {
  const program = findProgram(engine);
  if (program === null) {
    throw new ToolError("TOOL_MISSING", `${engine} is not installed here`, {
      hint: "Leave --load out: the archive can be loaded elsewhere.",
    });
  }
  using room = temporaryDirectory("load");
  const call = async (...words: string[]): Promise<string> => {
    const result = await runProcess([program, ...words], { timeoutMs, cwd: room.path });
    if (result.exitCode === 0) return result.stdout.toString("utf8").trim();
    const said =
      result.stderr.toString("utf8").trim().split("\n").at(-1) || (result.failure ?? "it said nothing");
    throw new ToolError("ENGINE_FAILED", `${engine} ${words[0] ?? ""} failed: ${said}`, {
      hint: `See whether "${engine} info" works; then call the same again.`,
    });
  };
  const bare = { ...image, referrers: [] };
  if (engine === "docker") {
    const file = archive ?? joinPath(room.path, "image.tar");
    if (archive === null) writeImageArchive(bare, file, tag);
    await call("load", "-q", "-i", file);
    return;
  }
  // A layout whose blobs are links to those in the cache: nothing is copied, and layers that podman has are not read.
  // It is named after its path at first, which must be relative then, and in small letters.
  const folder = `rung-${hexOf(image.manifest.descriptor.digest).slice(0, 16)}`;
  linkLayout(bare, joinPath(room.path, folder), tag);
  const name = imageName(tag);
  const id = await call("pull", "-q", `oci:${folder}:${name}`);
  await call("tag", id, name);
  await call("untag", id, `localhost/${folder}:${name.slice(name.lastIndexOf(":") + 1)}`);
}

function linkLayout(image: Image, folder: string, tag: string): void {
  for (const { path, kind, content } of layoutFiles(image, tag)) {
    const at = joinPath(folder, path);
    if (kind === "directory") makeDirectory(at);
    else if (content !== null && "path" in content) makeLink(content.path, at);
    else if (content !== null) writeScratch(at, content.bytes);
  }
}
