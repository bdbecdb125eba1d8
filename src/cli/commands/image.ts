import path from "node:path";
import { sizeText, ToolError } from "../../model/index.ts";
import { printable, renderJson } from "../../report/index.ts";
import { defineCommand } from "../define-command.ts";
import { exitCodes } from "../exit-codes.ts";
import { version } from "../version.ts";
import { tellFindings } from "../tell-findings.ts";

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
        "stand on this: PATH[:TAG] of an OCI layout, its archive, what docker save wrote; a registry's REF; or debian-bootstrap:SUITE",
    },
    {
      flags: "--base-lock <file>",
      description:
        "where the packages of debian-bootstrap:SUITE are pinned (DIR/image-base.lock); written where it is missing",
    },
    { flags: "--plain-http", description: "speak http with the base's registry" },
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
    {
      name: "push",
      summary: "send an image, or the project's, to a registry; what that has is not sent",
      load: async () => (await import("./image-push.ts")).imagePush,
    },
    {
      name: "pull",
      summary: "fetch an image from a registry into an OCI layout",
      load: async () => (await import("./image-pull.ts")).imagePull,
    },
  ],
  examples: [
    "rung image",
    "rung image -o paper.oci.tar --json",
    "rung image ../paper -o layout --tag paper:1.0 --load podman",
    "rung image --base debian.tar:bookworm -o paper.oci.tar",
    "rung image --base debian:bookworm-slim@sha256:1f2e…",
    "rung image --base debian-bootstrap:bookworm --base-lock base.lock",
  ],
  json: true,
  async run({ words, options, console }) {
    const { imageProject } = await import("../../levels/image.ts");
    const text = (key: string): string | null => (typeof options[key] === "string" ? options[key] : null);
    const { debianBase, engines, imageBase } = await import("../../artifacts/image/index.ts");
    const base = text("base");
    const baseOf = (name: string): ReturnType<typeof imageBase> => {
      const suite = /^debian-bootstrap:([a-z][a-z0-9.-]{0,40})$/u.exec(name)?.[1];
      if (suite === undefined)
        return imageBase(name, { plainHttp: options["plainHttp"] === true, progress: console.progress });
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
    tellFindings(made.findings, console);
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
