import { modificationTime } from "../archive/write-archive.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { bytesMember } from "../bundle/launcher-part.ts";
import { packedShell, scratchRoot } from "../image/base/scratch.ts";
import { imageStart, imageTop } from "../image/config/image-start.ts";
import { ociLabels } from "../image/config/labels.ts";
import { installedFrom, installVariables } from "../image/environment/environment-part.ts";
import type { Member, Part } from "../tree/member.ts";
import { dockerfileText, rootfsFile } from "./dockerfile-text.ts";
import { rootfsScript } from "./rootfs-script.ts";

const ignored = `# What the image is not made of: what the pack says of itself, and an environment made here.
Dockerfile
LINKS
SHA256SUMS
env
`;

/**
 * Dockerfile, .dockerignore and what they use, at the top of a pack: they build the image of the bundle from the
 * unpacked pack. None where no container has the platform, or where no shell or loader is packed.
 */
export function dockerfileMembers({ manifest, parts }: Bundle): readonly Member[] {
  const packed = new Set(parts.flatMap(({ members }) => members.map(({ path }) => path)));
  const loader = [...packed].find((path) => /^runtime\/lib\/ld-[^/]*\.so[^/]*$/u.test(path));
  const program = manifest.python.starter.replace("/bin/", "/libexec/");
  if (!manifest.platform.startsWith("linux-") || loader === undefined || !packed.has(program)) return [];
  if (packedShell(parts) === null) return [];
  const at = (path: string): string => `/${imageTop}/${path}`;
  const ofPart = (id: string): readonly string[] =>
    topmost(
      parts,
      parts.filter((part) => part.id === id),
    );
  const whatIs = (id: string): string => parts.find((part) => part.id === id)?.what ?? id;
  const created = new Date(1000 * modificationTime(process.env["SOURCE_DATE_EPOCH"])).toISOString();
  const text = dockerfileText({
    name: manifest.name,
    runtimeIs: whatIs("runtime"),
    packagesAre: whatIs("wheels"),
    top: imageTop,
    runtime: ofPart("runtime"),
    installedFrom: [...installedFrom].flatMap(ofPart),
    launcher: ofPart("launcher"),
    project: ofPart("project"),
    starter: [
      at(loader),
      "--inhibit-cache",
      "--argv0",
      at(manifest.python.starter),
      "--library-path",
      at("runtime/lib"),
      at(program),
    ],
    variables: installVariables,
    start: imageStart(manifest.defaultCommand, []),
    labels: ociLabels(facts(manifest.name), created.replace(".000Z", "Z")),
  });
  return [
    bytesMember("Dockerfile", Buffer.from(text)),
    bytesMember(".dockerignore", Buffer.from(ignored)),
    bytesMember(rootfsFile, Buffer.from(rootfsScript(scratchRoot(parts, imageTop).members))),
  ];
}

const facts = (title: string): Parameters<typeof ociLabels>[0] => ({
  title,
  description: null,
  version: null,
  revision: null,
  source: null,
  licenses: null,
  authors: null,
  baseName: null,
  baseDigest: null,
});

/** The folders (with "/" behind) and files that hold all of some parts and nothing of the others, the highest there are. */
function topmost(all: readonly Part[], own: readonly Part[]): readonly string[] {
  const others = new Set(
    all
      .filter((part) => !own.includes(part))
      .flatMap(({ members }) => members.flatMap(({ path }) => foldersOf(path))),
  );
  const found = own.flatMap(({ members }) =>
    members.flatMap(({ path, kind }) => {
      const folder = foldersOf(path).find((one) => !others.has(one));
      if (folder !== undefined) return [folder];
      return kind === "directory" ? (others.has(`${path}/`) ? [] : [`${path}/`]) : [path];
    }),
  );
  return [...new Set(found)].toSorted();
}

/** "a/", "a/b/" of "a/b/c". */
function foldersOf(path: string): readonly string[] {
  return [...path.matchAll(/\//gu)].map(({ index }) => path.slice(0, index + 1));
}
