import path from "node:path";
import { sizeText, ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { version } from "../version.ts";

export const image = defineCommand({
  name: "image",
  arguments: "[dir]",
  options: [
    {
      flags: "-o, --output <path>",
      description: "a file NAME.oci.tar, which podman and Docker load, or a folder",
    },
    {
      flags: "--base <image>",
      description:
        "stand on this: PATH or PATH:TAG of an OCI layout or archive, what docker save wrote, or debian:SUITE",
    },
    {
      flags: "--base-lock <file>",
      description:
        "where the packages of debian:SUITE are pinned (DIR/image-base.lock); written where it is missing",
    },
    { flags: "--load <engine>", description: "put it into the store of podman or docker too" },
    { flags: "--tag <name>", description: "the image's name, NAME or NAME:TAG" },
    {
      flags: "--platform <name>",
      description: "linux-x86_64 or linux-aarch64; this machine's where left out",
    },
    { flags: "--no-documents", description: "without the bill of packages (SBOM) and the provenance" },
    { flags: "--allow-builds", description: "build a wheel, confined, of a package that has none" },
  ],
  subcommands: [
    {
      name: "diff",
      summary: "say by field, layer and file why two images differ",
      load: async () => (await import("./image-diff.ts")).imageDiff,
    },
  ],
  examples: [
    "rung image",
    "rung image -o paper.oci.tar --json",
    "rung image ../paper -o layout --tag paper:1.0 --load podman",
    "rung image --base debian.tar:bookworm -o paper.oci.tar",
    "rung image --base debian:bookworm --base-lock base.lock",
  ],
  json: true,
  async run({ words, options, console }) {
    const { imageProject } = await import("../../levels/image.ts");
    const text = (key: string): string | null => (typeof options[key] === "string" ? options[key] : null);
    const { debianBase, diskBase, engines } = await import("../../artifacts/image/index.ts");
    const base = text("base");
    const baseOf = (name: string): ReturnType<typeof diskBase> => {
      const suite = /^debian:([a-z][a-z0-9.-]{0,40})$/u.exec(name)?.[1];
      if (suite === undefined) return diskBase(name);
      const lockFile = text("baseLock") ?? path.join(words[0] ?? ".", "image-base.lock");
      return debianBase({ suite, lockFile, progress: console.progress });
    };
    const wanted = text("load");
    const engine = engines.find((known) => known === wanted) ?? null;
    if (wanted !== null && engine === null) {
      throw new ToolError("USAGE", `"${wanted}" is no engine that is known here`, {
        hint: `Give one of ${engines.join(", ")}.`,
      });
    }
    const made = await imageProject(words[0] ?? ".", {
      platform: text("platform"),
      output: text("output"),
      tag: text("tag"),
      base: base === null ? null : baseOf(base),
      load: engine === null ? [] : [engine],
      documents: options["documents"] !== false,
      toolVersion: version(),
      allowBuilds: options["allowBuilds"] === true,
      progress: console.progress,
    });
    for (const { severity, message, file, line, fix } of made.findings) {
      const place = file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
      console.tell(printable(`${severity}: ${place}${message}\n${fix === null ? "" : `  fix: ${fix}\n`}`));
    }
    if (console.json) console.print(renderJson(made));
    else if (made.path === null) console.print(`not built: ${made.platform}\n`);
    else {
      const layers = made.layers.map(
        ({ what, bytes, reused }) => `  ${sizeText(bytes).padStart(9)}  ${what}${reused ? "" : "  (new)"}\n`,
      );
      console.print(
        printable(
          `${made.path}\n${made.tag}, ${sizeText(made.bytes)}, ${made.digest ?? ""}\n${layers.join("")}`,
        ),
      );
    }
    return made.path === null ? exitCodes.unmet : exitCodes.met;
  },
});
