import { notebookFolder } from "../../sandbox/index.ts";
import { joinPath, listNames, readBytes, shellQuote } from "../../system/index.ts";
import type { Member, Part } from "../tree/member.ts";
import type { BundleManifest } from "./bundle-manifest.ts";

const launcherFolder = joinPath(import.meta.dirname, "launcher");

/** The launcher, the same for every bundle but for the Python that it names, and what it reads. */
export function launcherPart(manifest: BundleManifest, installer: Member): Part {
  const code = listNames(launcherFolder).filter((name) => name.endsWith(".py"));
  return {
    id: "launcher",
    what: "the launcher",
    members: [
      bytesMember("run", Buffer.from(runScript(manifest.python.starter)), 0o755),
      bytesMember("bundle.json", Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)),
      ...code.map((name) => fileMember(`runtime/launcher/${name}`, joinPath(launcherFolder, name))),
      ...["run_notebook.py", "kernel_bootstrap.py"].map((name) =>
        fileMember(`runtime/launcher/notebook/${name}`, joinPath(notebookFolder, name)),
      ),
      installer,
    ],
  };
}

export function bytesMember(path: string, bytes: Buffer, mode = 0o644): Member {
  return { path, kind: "file", mode, content: { bytes } };
}

export function fileMember(path: string, from: string): Member {
  return { path, kind: "file", mode: 0o644, content: { path: from } };
}

/** Of the launcher's own files, in their order: with the wheels they decide what an environment is made like. */
export function launcherBytes(): readonly Buffer[] {
  return ["compiling.py", "environment.py", "installing.py"].map((name) =>
    readBytes(joinPath(launcherFolder, name)),
  );
}

/** POSIX shell, nothing but what is built into it: there may be no other program. */
function runScript(starter: string): string {
  return `#!/bin/sh
# Runs what lies in this folder: ./run --help
case $0 in
*/*) top=\${0%/*} ;;
*) top=. ;;
esac
top=$(CDPATH= cd -- "\${top:-/}" && pwd -P) || exit 125
python=$top/${starter.split("/").map(shellQuote).join("/")}
if ! [ -f "$top/bundle.json" ] || ! [ -x "$python" ]; then
  echo "run: $top is not the whole folder as it was unpacked, with its executable files: unpack it anew, and call run there" >&2
  exit 125
fi
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT LD_BIND_NOW LD_DEBUG LD_ORIGIN_PATH LD_PROFILE LD_SHOW_AUXV
# So that an older Python takes paths for UTF-8; commands get a locale of their own.
export LC_ALL=C.UTF-8
exec "$python" -I -B "$top/runtime/launcher" "$@"
`;
}
