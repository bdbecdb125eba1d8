import { ToolError } from "../model/index.ts";
import { removeTree, runProcess, withoutSecrets } from "../system/index.ts";

const timeoutMs = 1_800_000;

/**
 * Clones a Git repository with its whole history (dates come from it), file contents of old commits left out where the
 * server can. Nothing that the repository brings is run, and no password is asked for.
 * Throws ToolError TOOL_MISSING or DOWNLOAD_FAILED.
 */
export async function cloneRepository(url: string, target: string): Promise<void> {
  // Of Git's transports those alone that run no program of the URL's choosing (ext::, fd::).
  const env = {
    ...process.env,
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "https:http:git:ssh:file",
    LC_ALL: "C",
  };
  const settings = [
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.symlinks=true",
    "-c",
    "filter.lfs.required=false",
    "-c",
    "filter.lfs.smudge=",
  ];
  const clone = (more: readonly string[]): ReturnType<typeof runProcess> =>
    runProcess(["git", ...settings, "clone", "--quiet", ...more, "--", url, target], { env, timeoutMs });
  let result = await clone(["--filter=blob:none"]);
  if (result.exitCode !== 0 && result.failure === null && !result.timedOut) {
    removeTree(target);
    result = await clone([]);
  }
  if (result.exitCode === 0) return;
  removeTree(target);
  if (result.failure !== null) {
    throw new ToolError("TOOL_MISSING", "Cloning needs Git, which was not found", {
      hint: "Install Git, or give a folder.",
    });
  }
  const said = result.timedOut ? "it took longer than half an hour" : result.stderr.toString("utf8").trim();
  throw new ToolError(
    "DOWNLOAD_FAILED",
    `${withoutSecrets(url)} could not be cloned: ${withoutSecrets(said)}`,
    {
      hint: "Check the address and your access to it; or clone it yourself and give the folder.",
    },
  );
}
