import { makeFinding, type Finding, type Manifest, type Requirement } from "../../model/index.ts";
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
    let strange = 0;
    for (const [index, line] of text.split(/\r?\n/u).entries()) {
      const said = line.trim();
      const isComment = said.startsWith("#") && !said.startsWith("# pip ");
      if (said === "" || isComment || said === "@EXPLICIT") continue;
      const read = said.startsWith("#") ? readPip(path, index + 1, said) : readLine(path, index + 1, said);
      if (read === null) {
        if (!said.startsWith("#")) strange += 1;
        if (strange > 0 && findings.length < 20) {
          const what = `names no conda package at line ${index + 1}: ${said.slice(0, 80)}`;
          findings.push(lockBroken(path, index + 1, what));
        }
        continue;
      }
      requirements.push(read.requirement);
      if (read.channel !== null && !channels.has(read.channel)) {
        const { location } = read.requirement;
        channels.set(read.channel, { kind: "channel", url: read.channel, location });
      }
    }
    if (strange > requirements.length) return notAList(path);
    const addressed = requirements.filter(({ url }) => url !== null);
    return makeManifest("conda-explicit", path, {
      requirements,
      indexes: [...channels.values()],
      python: lockedPython(requirements),
      isLock: true,
      findings: [...findings, ...hashesMissing(path, addressed)],
    });
  },
});

/** The name alone does not tell: other tools write files that are called so too. */
function notAList(path: string): Manifest {
  const message = `${path} is taken for no lock: most of its lines name no conda package`;
  return makeManifest("conda-explicit", path, {
    findings: [makeFinding("lock-unlike-its-name", "info", message, { file: path, line: 1 })],
  });
}

interface ReadLine {
  readonly requirement: Requirement;
  readonly channel: string | null;
}

/** conda-lock notes what pip is to install in comments: `# pip NAME @ URL --hash=sha256:DIGEST`. */
function readPip(path: string, line: number, said: string): ReadLine | null {
  const [, name, url = "", hash] = /^# pip (\S+) @ (\S+)(?: --hash=(\S+))?$/u.exec(said) ?? [];
  if (name === undefined) return null;
  const version = /^[^-/]+-([^-/]+)-[^/]+\.whl$/u.exec(url.split(/[/#?]/u).at(-1) ?? "")?.[1] ?? null;
  const hashes = hash === undefined ? [] : [hash];
  return { requirement: lockedRequirement(path, line, { name, version, url, hashes }), channel: null };
}

function readLine(path: string, line: number, said: string): ReadLine | null {
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
  // conda list --export calls the build of what pip installed "pypi".
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
