import os from "node:os";
import path from "node:path";
import { cacheDirectory, exists, listNames, readText } from "../../system/index.ts";

const executableName = /^(?:python|pypy)(?:3(?:\.\d+)?t?)?(?:\.exe)?$/u;

/** Where `uv python install` puts what Rung asks it for. */
export const ownPythons = (): string => cacheDirectory("python");

/** Paths that may be interpreters, those that the owner would get first; shims stand for what they lead to. */
export function candidates(): readonly string[] {
  const folders = foldersOnPath();
  const others = ["/usr/bin", "/usr/local/bin"].filter((folder) => !folders.includes(folder));
  return [...new Set([...onPath(folders), ...pyenv(), ...uvManaged(), ...others.flatMap(inFolder)])];
}

/** What `python3`, else `python`, is for the owner: the first executables of these names on PATH. */
export function defaultCandidates(): readonly string[] {
  const all = onPath(foldersOnPath());
  return ["python3", "python"].flatMap((name) =>
    all.filter((file) => path.basename(file, ".exe").replace(/^(python3)[.\d]*t?$/u, "$1") === name),
  );
}

function foldersOnPath(): readonly string[] {
  return [...new Set((process.env["PATH"] ?? "").split(path.delimiter).filter(path.isAbsolute))];
}

function onPath(folders: readonly string[]): readonly string[] {
  const shims = path.join(pyenvRoot(), "shims");
  return folders.flatMap((folder) => (path.resolve(folder) === shims ? activeInPyenv() : inFolder(folder)));
}

/** Plain names first (python3 before python3.11), so that the first of a name is what a shell would run. */
function inFolder(folder: string): readonly string[] {
  const names = listNames(folder).filter((name) => executableName.test(name));
  names.sort((a, b) => a.length - b.length);
  return names.map((name) => path.join(folder, name));
}

/** Where pyenv lies: as it is told, as its shims on PATH show, or in the home folder. */
function pyenvRoot(): string {
  const told = process.env["PYENV_ROOT"] || path.join(os.homedir(), ".pyenv");
  const shown = foldersOnPath()
    .filter((folder) => path.basename(folder) === "shims")
    .map((folder) => path.dirname(path.resolve(folder)));
  return [told, ...shown].find((root) => exists(path.join(root, "versions"))) ?? told;
}

/** A pyenv shim is a shell script whose answer depends on settings; read the settings instead of running it. */
function activeInPyenv(): readonly string[] {
  const settings = path.join(pyenvRoot(), "version");
  const text = process.env["PYENV_VERSION"] || (exists(settings) ? readText(settings) : "");
  const names = text.split(/[\s:]+/u).filter((name) => name !== "" && name !== "system");
  return names.flatMap((name) => inFolder(path.join(pyenvRoot(), "versions", name, "bin")));
}

function pyenv(): readonly string[] {
  const versions = path.join(pyenvRoot(), "versions");
  return listNames(versions).map((name) => path.join(versions, name, "bin", "python"));
}

function uvManaged(): readonly string[] {
  const data = process.env["XDG_DATA_HOME"] || path.join(os.homedir(), ".local", "share");
  const folders = [process.env["UV_PYTHON_INSTALL_DIR"] || path.join(data, "uv", "python"), ownPythons()];
  const program = process.platform === "win32" ? ["python.exe"] : ["bin", "python3"];
  return folders.flatMap((folder) => listNames(folder).map((name) => path.join(folder, name, ...program)));
}
