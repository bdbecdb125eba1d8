import path from "node:path";
import { makeFinding, type Finding } from "../../model/index.ts";
import { originOf, readGit } from "../../project/git.ts";
import { isInside } from "../../system/index.ts";
import type { Origin } from "./origins.ts";

export interface PinRequest {
  readonly name: string;
  readonly version: string;
  /** Where it came from; null for an index. */
  readonly origin: Origin | null;
  /** The project's folder. */
  readonly root: string;
}

/** The requirement that asks for exactly one installed distribution, and what stands in the way of that. */
export async function pinOf(
  request: PinRequest,
): Promise<{ readonly pin: string; readonly findings: readonly Finding[] }> {
  const { name, version, origin, root } = request;
  const byVersion = `${name}==${version}`;
  if (origin === null) return { pin: byVersion, findings: [] };
  if (origin.kind === "vcs") {
    const below = origin.folder === "" ? "" : `#subdirectory=${origin.folder}`;
    return {
      pin: `${name} @ ${origin.vcs}+${withoutUser(origin.url)}@${origin.commit}${below}`,
      findings: [],
    };
  }
  if (origin.kind === "archive") {
    const hash = origin.hash === null ? "" : `#${origin.hash}`;
    const findings = origin.hash === null ? [unhashed(request)] : [];
    return { pin: `${name} @ ${withoutUser(origin.url)}${hash}`, findings };
  }
  if (origin.kind === "file") return { pin: byVersion, findings: [localFile(request, origin.path)] };
  if (origin.path === root || isInside(root, origin.path)) {
    const relative = path.relative(root, origin.path).replaceAll("\\", "/");
    const here = relative === "" ? "." : `./${relative}`;
    return { pin: origin.isEditable ? `-e ${here}` : here, findings: [] };
  }
  return await ofFolder(request, origin);
}

/** A folder outside the project: others have it only as a commit of its repository. */
async function ofFolder(
  { name, version }: PinRequest,
  origin: Extract<Origin, { kind: "folder" }>,
): Promise<{ readonly pin: string; readonly findings: readonly Finding[] }> {
  const git = await readGit(origin.path);
  const url = git?.head === null || git === null ? null : await originOf(origin.path);
  const what = `${name} ${version} is installed from ${origin.path}`;
  if (git === null || git.head === null || url === null) {
    const finding = makeFinding(
      "editable-without-commit",
      "warning",
      `${what}, which is in no repository that others can reach`,
      {
        why: "Nobody else has that folder, and an index may hold something else under this name.",
        fix: "Put it under version control with a remote, add it to the project, or install a released version.",
      },
    );
    return { pin: `${name}==${version}`, findings: [finding] };
  }
  const changed = [...git.modified, ...git.untracked].filter((file) => !leftByInstalling.test(file));
  const reference = `git+${withoutUser(asUrl(url))}@${git.head}`;
  const pin = origin.isEditable ? `-e ${reference}#egg=${name}` : `${name} @ ${reference}`;
  if (changed.length === 0) return { pin, findings: [] };
  const shown = changed.slice(0, 3).join(", ");
  const finding = makeFinding(
    "dirty-editable",
    "error",
    `${what}, with changes that are in no commit: ${shown}`,
    {
      why: "The commit that is recorded is not the code that ran.",
      fix: `Commit and push what was changed in ${origin.path}, then freeze again.`,
    },
  );
  return { pin, findings: [finding] };
}

const leftByInstalling = /(?:^|\/)(?:[^/]+\.egg-info|__pycache__|build|dist)\//u;

/** git@host:owner/name is not a URL; pip wants ssh://git@host/owner/name. */
function asUrl(remote: string): string {
  const [, user, place] = /^([\w.-]+@[\w.-]+):(?!\/)(.+)$/u.exec(remote) ?? [];
  return user === undefined ? remote : `ssh://${user}/${place ?? ""}`;
}

/** Without the name and the password that a URL may carry: they are nobody else's business. */
function withoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/u, "$1");
}

function unhashed({ name }: PinRequest): Finding {
  return makeFinding(
    "unhashed-archive",
    "warning",
    `${name} is installed from an archive of which no hash is recorded`,
    {
      why: "What lies at that URL may be replaced.",
      fix: "Install it anew with a current pip or uv, which record the hash.",
    },
  );
}

function localFile({ name, version }: PinRequest, file: string): Finding {
  return makeFinding("local-wheel", "warning", `${name} ${version} is installed from the file ${file}`, {
    why: "Nobody else has that file, and an index may hold something else under this name.",
    fix: "Publish it, keep it in the project and name it by its path, or install a released version.",
  });
}
