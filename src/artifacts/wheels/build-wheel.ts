import path from "node:path";
import { parse } from "smol-toml";
import { findUv, foldersOf, runUv, type Confine } from "../../environments/index.ts";
import { makeFinding, ToolError, type Finding, type Interpreter } from "../../model/index.ts";
import {
  cacheDirectory,
  copyFileAtomic,
  exists,
  hashFile,
  joinPath,
  listNames,
  listTree,
  makeDirectory,
  moveEntry,
  readText,
  removeTree,
  sha256,
  temporaryDirectory,
  withExclusive,
  writeAtomic,
  writeScratch,
} from "../../system/index.ts";
import { unpackArchive } from "../archive/unpack-archive.ts";
import { writeArchive } from "../archive/write-archive.ts";
import type { Member } from "../tree/member.ts";

export interface BuildRequest {
  readonly name: string;
  readonly version: string;
  /** Digest of all that the source is. */
  readonly digest: string;
  /** Puts the source, unpacked, into an empty folder. */
  readonly unpack: (folder: string) => Promise<void>;
  readonly interpreter: Interpreter;
  readonly confine: () => Promise<Confine | null>;
}

export interface BuiltWheel {
  readonly filename: string;
  readonly path: string;
  readonly sha256: string;
  /** What it was built with: requirements with hashes. */
  readonly buildLock: string;
}

/** Raised when wheels are built in another way. */
const recipe = 1;
/** 1980-01-01, the earliest time that a zip can say. */
const epoch = "315532800";

/**
 * A wheel built from source in a confined environment, from build dependencies that are locked with their hashes first.
 * It is built twice, and packed anew in one order with one time: where the two differ, or the build fails, a finding says
 * so. What was built is kept by its source, the Python and the platform.
 * Throws ToolError NETWORK_UNAVAILABLE, ISOLATION_UNAVAILABLE, DISK_FULL.
 */
export async function buildWheel(
  request: BuildRequest,
  progress: (message: string) => void,
): Promise<BuiltWheel | Finding> {
  const { digest, interpreter } = request;
  const ingredients = [recipe, digest, interpreter.version, process.platform, process.arch];
  const home = cacheDirectory("built-wheels", sha256(JSON.stringify(ingredients)).slice(0, 32));
  return withExclusive(`${home}.lock`, async () => {
    const kept = readKept(home);
    if (kept !== null) return kept;
    try {
      return await build(request, home, progress);
    } catch (error) {
      if (!(error instanceof ToolError) || !["ENVIRONMENT_FAILED", "LOCK_FAILED"].includes(error.code))
        throw error;
      return fault(request, "pack-build-failed", `cannot be built: ${lastLine(error.message)}`);
    }
  });
}

function readKept(home: string): BuiltWheel | null {
  const filename = listNames(home).find((name) => name.endsWith(".whl"));
  if (filename === undefined || !exists(joinPath(home, "build.txt"))) return null;
  const wheel = joinPath(home, filename);
  return { filename, path: wheel, sha256: hashFile(wheel), buildLock: readText(joinPath(home, "build.txt")) };
}

async function build(
  request: BuildRequest,
  home: string,
  progress: (message: string) => void,
): Promise<BuiltWheel | Finding> {
  const label = `${request.name} ${request.version}`;
  using scratch = temporaryDirectory("wheel");
  const uv = await findUv(progress);
  const source = joinPath(scratch.path, "source");
  const constraints = joinPath(scratch.path, "build.txt");
  const rooms = ["first", "second"].map((name) => joinPath(scratch.path, name));
  let folder = "";
  for (const [attempt, room] of rooms.entries()) {
    removeTree(source);
    makeDirectory(source);
    await request.unpack(source);
    folder = innerFolder(source);
    if (attempt === 0) {
      progress(`locking what ${label} is built with`);
      writeScratch(constraints, await lockOfBuild(uv, folder, request, progress));
    }
    progress(attempt === 0 ? `building a wheel of ${label}` : `building ${label} again, to compare`);
    makeDirectory(room);
    await runUv(uv, buildArguments(folder, room, constraints, request.interpreter), {
      progress,
      confine: (await request.confine()) ?? undefined,
      reads: [...foldersOf(request.interpreter), constraints],
      writes: [room],
      builds: folder,
      variables: { SOURCE_DATE_EPOCH: epoch, CFLAGS: "-g0", CXXFLAGS: "-g0", PYTHONHASHSEED: "0" },
    });
    await packAnew(room);
  }
  const [one, other] = rooms.map((room) => joinPath(room, wheelIn(room)));
  if (one === undefined || other === undefined || hashFile(one) !== hashFile(other)) {
    return fault(request, "pack-build-varies", "gives another wheel each time that it is built");
  }
  removeTree(home);
  makeDirectory(home);
  copyFileAtomic(one, joinPath(home, path.basename(one)));
  writeAtomic(joinPath(home, "build.txt"), readText(constraints));
  const made = readKept(home);
  if (made === null) throw new Error(`the wheel of ${label} is gone`);
  return made;
}

function buildArguments(
  folder: string,
  out: string,
  constraints: string,
  interpreter: Interpreter,
): readonly string[] {
  return [
    "build",
    "--wheel",
    "--no-create-gitignore",
    "--out-dir",
    out,
    "--build-constraints",
    constraints,
    "--require-hashes",
    "--python",
    interpreter.executable,
    folder,
  ];
}

/** An sdist has one folder at its top. */
function innerFolder(source: string): string {
  const [only, ...more] = listNames(source);
  const isBuilt = exists(joinPath(source, "pyproject.toml")) || exists(joinPath(source, "setup.py"));
  return isBuilt || only === undefined || more.length > 0 ? source : joinPath(source, only);
}

async function lockOfBuild(
  uv: string,
  folder: string,
  { interpreter, name, version, digest }: BuildRequest,
  progress: (message: string) => void,
): Promise<string> {
  const args = ["pip", "compile", "-", "--quiet", "--generate-hashes", "--no-header", "--no-annotate"];
  const { stdout } = await runUv(uv, [...args, "--python", interpreter.executable], {
    progress,
    code: "LOCK_FAILED",
    input: `${buildRequirements(folder).join("\n")}\n`,
  });
  return `# What ${name} ${version} (sha256 ${digest}) was built with, on Python ${interpreter.version}.\n${stdout}`;
}

/** PEP 518: what a build needs; setuptools where nothing is said. */
function buildRequirements(folder: string): readonly string[] {
  const file = joinPath(folder, "pyproject.toml");
  const usual = ["setuptools >= 40.8.0", "wheel"];
  if (!exists(file)) return usual;
  try {
    const table = parse(readText(file))["build-system"];
    const requires = typeof table === "object" && "requires" in table ? table["requires"] : null;
    if (!Array.isArray(requires)) return usual;
    return requires.filter((one): one is string => typeof one === "string" && !/[\r\n]/u.test(one));
  } catch {
    return usual;
  }
}

const wheelIn = (room: string): string => listNames(room).find((name) => name.endsWith(".whl")) ?? "";

/** The wheel in a folder, with its members in the order of their names and at one time. */
async function packAnew(room: string): Promise<void> {
  const wheel = joinPath(room, wheelIn(room));
  const content = joinPath(room, "content");
  await unpackArchive(wheel, content);
  const members = listTree(content).entries.flatMap(({ path: name, kind, mode }): readonly Member[] =>
    kind === "file"
      ? [
          {
            path: name,
            kind,
            mode: (mode & 0o100) === 0 ? 0o644 : 0o755,
            content: { path: joinPath(content, name) },
          },
        ]
      : [],
  );
  const anew = joinPath(room, "anew.zip");
  await writeArchive({ name: null, members, format: "zip", output: anew, modifiedAt: Number(epoch) });
  removeTree(wheel);
  moveEntry(anew, wheel);
}

function fault({ name, version }: BuildRequest, rule: string, what: string): Finding {
  return makeFinding(rule, "error", `${name} ${version} has no wheel that serves, and ${what}.`, {
    why: "What is built anew from its source elsewhere may be something else; the archive has to hold a wheel.",
    fix: "Lock a version that has a wheel for this platform and Python.",
  });
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
