import type { Finding, Manifest, Requirement } from "../../model/index.ts";
import { baseName, defineManifestFormat, makeManifest } from "../manifest-format.ts";
import { splitCondaFile } from "../locked/conda-package.ts";
import { hashesMissing, lockBroken } from "../locked/lock-findings.ts";
import { lockedPython } from "../locked/locked-python.ts";
import { lockedRequirement } from "../locked/locked-requirement.ts";

const lockName = /^(?:conda|env(?:ironment)?|explicit)(?:[-_.].+)?(?<!\.ya?ml)\.lock$/u;
const listName =
  /^(?:conda-(?:linux|osx|win)-\w+|(?:conda[-_])?(?:explicit|spec-file|spec-list|package-list)(?:[-_][-\w]+)?)\.txt$/u;

/**
 * What conda writes for `conda list --explicit` (addresses below `@EXPLICIT`, with `#md5` or `#sha256:`) and for
 * `conda list --export` (`name=version=build`), and conda-lock for one platform.
 * A file stands for the
 * one platform that it was made on.
 */
export const condaExplicit = defineManifestFormat({
  id: "conda-explicit",
  matches: (path) => lockName.test(baseName(path)) || listName.test(baseName(path)),
  read(path, text) {
    const requirements: Requirement[] = [];
    const findings: Finding[] = [];
    const channels = new Map<string, Manifest["indexes"][number]>();
    for (const [index, line] of text.split(/\r?\n/u).entries()) {
      const said = line.trim();
      if (said === "" || said.startsWith("#") || said === "@EXPLICIT") continue;
      const read = readLine(path, index + 1, said);
      if (read === null) {
        if (findings.length < 20) {
          findings.push(
            lockBroken(path, index + 1, `names no conda package at line ${index + 1}: ${said.slice(0, 80)}`),
          );
        }
        continue;
      }
      requirements.push(read.requirement);
      if (read.channel !== null && !channels.has(read.channel)) {
        const { location } = read.requirement;
        channels.set(read.channel, { kind: "channel", url: read.channel, location });
      }
    }
    return makeManifest("conda-explicit", path, {
      requirements,
      indexes: [...channels.values()],
      python: lockedPython(requirements),
      isLock: true,
      findings: [
        ...findings,
        ...hashesMissing(
          path,
          requirements.filter(({ url }) => url !== null),
        ),
      ],
    });
  },
});

function readLine(
  path: string,
  line: number,
  said: string,
): { readonly requirement: Requirement; readonly channel: string | null } | null {
  const [address = "", digest] = said.split(/#(.*)/u);
  const file = splitCondaFile(address);
  if (file !== null) {
    const { name, version, build, channel } = file;
    const raw = `${name}=${version}=${build}`;
    const hashes = hashOf(digest ?? "");
    const requirement = lockedRequirement(path, line, {
      ecosystem: "conda",
      name,
      version,
      raw,
      url: address,
      hashes,
    });
    return { requirement, channel };
  }
  // conda-lock notes pip's packages in comments of its explicit files; conda list --export calls their build "pypi".
  const [, name = "", version = "", build = ""] =
    /^([A-Za-z0-9_.-]+)={1,2}([^=\s]+)(?:=([^=\s]+))?$/u.exec(said) ?? [];
  if (name === "") return null;
  const isPypi = build === "pypi_0" || build === "pypi";
  const ecosystem = isPypi ? "pypi" : "conda";
  return {
    requirement: lockedRequirement(path, line, {
      ecosystem,
      name,
      version,
      ...(isPypi ? {} : { raw: said }),
    }),
    channel: null,
  };
}

function hashOf(digest: string): readonly string[] {
  const said = digest.trim().toLowerCase();
  if (/^[0-9a-f]{32}$/u.test(said)) return [`md5:${said}`];
  const sha = /^(?:sha256:)?([0-9a-f]{64})$/u.exec(said)?.[1];
  return sha === undefined ? [] : [`sha256:${sha}`];
}
