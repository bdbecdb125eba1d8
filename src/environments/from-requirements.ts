import path from "node:path";
import type { Environment, Interpreter } from "../model/index.ts";
import {
  cacheDirectory,
  exists,
  isInside,
  now,
  readText,
  sha256,
  temporaryDirectory,
  writeAtomic,
  writeScratch,
} from "../system/index.ts";
import { withDeclaredHashes } from "./declared-hashes.ts";
import type { Engine } from "./engines/engine.ts";
import { indexSettings } from "./index-pages/settings.ts";
import { namesOfFolders, refreshArguments } from "./local-code.ts";
import { tellsOfMetadata, withMends } from "./old-metadata/with-mends.ts";
import { settingsFor } from "./owner-settings.ts";
import type { Progress } from "./progress.ts";
import { realise } from "./realise.ts";
import { buildsLocalCode, namesLocalCode, requirementTexts } from "./requirement-texts.ts";
import { treeDigest } from "./tree-digest.ts";
import { findUv } from "./uv/find-uv.ts";
import { foldersElsewhere, foldersOf, runUv, type Confine } from "./uv/run-uv.ts";

export interface RequirementsRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** Requirements files, pyproject.toml, setup.cfg or setup.py, relative to the root; absolute where they lie elsewhere. */
  readonly files: readonly string[];
  /** What the files were made from, where they are not the owner's own; their names where left out. */
  readonly origin?: string;
  readonly interpreter: Interpreter;
  readonly extras?: readonly string[];
  /** Installs the project's own package too, for commands that import it or are its scripts. */
  readonly installProject?: boolean;
  readonly engine?: Engine["id"];
  /** Resolves as of this date (ISO 8601): later files do not count. */
  readonly excludeNewer?: string;
  readonly confine?: Confine | undefined;
  /** Where the commands will find the root: what is installed as editable leads there. The root itself where left out. */
  readonly runsAt?: string;
}

/**
 * An environment from what the project declares, resolved by what the index serves today: the resolution is kept for
 * the day (UTC), and environments are shared by all that resolve to the same. Without files the environment is empty.
 * Throws ToolError ENVIRONMENT_FAILED (explainInstallFailure tells whether the project is at fault) or
 * NETWORK_UNAVAILABLE.
 */
export async function environmentFromRequirements(
  request: RequirementsRequest,
  progress: Progress,
): Promise<Environment> {
  const { root, files, interpreter, confine } = request;
  const own = request.installProject === true ? [root] : [];
  const pinned = files.length === 0 && own.length === 0 ? "" : await resolved(request, own, progress);
  const texts = requirementTexts(files.map((file) => path.resolve(root, file)));
  const resolution = withDeclaredHashes(
    pinned,
    texts.map(([, text]) => text),
  );
  const local = namesLocalCode(resolution) ? [root, treeDigest(root), request.runsAt ?? root] : [];
  const refresh = refreshArguments(namesOfFolders(root, resolution));
  const count = resolution
    .split("\n")
    .filter((line) => /^(?:[A-Za-z0-9./]|-e|--editable)/u.test(line)).length;
  if (count > 0) progress(`${count} packages are asked for`);
  const room = temporaryDirectory("resolution");
  try {
    const pins = path.join(room.path, "requirements.txt");
    writeAtomic(pins, resolution, privateMode);
    // Awaited here, since the folder of the pins goes when this function ends.
    return await realise(
      {
        source: "spec",
        description:
          files.length === 0
            ? "empty: nothing is declared"
            : `made from ${request.origin ?? files.join(", ")}`,
        interpreter,
        engine: request.engine ?? "uv",
        ingredients: [resolution, indexSettings().indexUrl, ...local],
        install: count === 0 ? null : ["pip", "install", "--no-deps", ...refresh, "--requirements", pins],
        cwd: root,
        confine,
        reads: [room.path],
        builds: local.length === 0 ? null : root,
        moved: request.runsAt === undefined ? null : { from: root, to: request.runsAt },
      },
      progress,
    );
  } finally {
    room[Symbol.dispose]();
  }
}

/** Not for other users to read: index URLs in a resolution may carry credentials. */
const privateMode = 0o600;

/** The exact versions that the declared requirements come to today, as a requirements file without comments. */
async function resolved(
  request: RequirementsRequest,
  own: readonly string[],
  progress: Progress,
): Promise<string> {
  const { root, files, interpreter, confine } = request;
  const absolute = files.map((file) => path.resolve(root, file));
  const settings = [path.join(root, "uv.toml"), path.join(root, "pyproject.toml")];
  const texts = requirementTexts([...absolute, ...(own.length === 0 ? [] : settings)]);
  const ingredients = [
    request.excludeNewer ?? now().slice(0, 10),
    interpreter.version,
    interpreter.executable,
    request.extras ?? [],
    own,
    indexSettings(),
    settings.map((file) => (exists(file) ? readText(file) : "")),
    texts.map(([file, text]) => [isInside(root, file) ? path.relative(root, file) : "", text]),
  ];
  const kept = cacheDirectory("resolutions", `${sha256(JSON.stringify(ingredients)).slice(0, 32)}.txt`);
  const local = own.length > 0 || texts.some(([, text]) => namesLocalCode(text));
  if (!local && exists(kept)) return readText(kept);
  progress(`resolving ${request.origin ?? files.join(", ")}`);
  const args = [
    "pip",
    "compile",
    "--no-header",
    "--no-annotate",
    "--no-strip-extras",
    "--emit-index-url",
    "--emit-find-links",
    "--python",
    interpreter.executable,
    ...(request.extras ?? []).flatMap((extra) => ["--extra", extra]),
    ...(request.excludeNewer === undefined ? [] : ["--exclude-newer", request.excludeNewer]),
    ...absolute,
  ];
  const uv = await findUv(progress);
  using room = temporaryDirectory("settings");
  const { stdout } = await withMends((mends) => {
    // uv finds the owner's settings by itself, but for what it cannot be told beside them.
    const project = mends.length === 0 ? [] : ["--project", room.path];
    writeScratch(path.join(room.path, "pyproject.toml"), settingsFor(root, [], mends), privateMode);
    return runUv(uv, [...args, ...project, ...(own.length === 0 ? [] : ["-"])], {
      cwd: root,
      progress,
      confine,
      reads: [
        ...foldersOf(interpreter),
        ...foldersElsewhere(root, absolute),
        ...(mends.length === 0 ? [] : [room.path]),
      ],
      builds: own.length > 0 || buildsLocalCode(absolute) ? root : null,
      variables: tellsOfMetadata,
      ...(own.length === 0 ? {} : { input: `${own.join("\n")}\n` }),
    });
  }, progress);
  if (!local) writeAtomic(kept, stdout, privateMode);
  return stdout;
}
