import { isBuildVariables } from "./python-home.ts";

/** Stands in texts for the folder that Python lies in. */
const somewhere = "/__python_prefix__";

/** sysconfig then tells of the folder that Python lies in now, and zoneinfo finds the time zones there. */
const moved = `

def _move():
    import sys
    for name, value in build_time_vars.items():
        if isinstance(value, str):
            build_time_vars[name] = value.replace("${somewhere}", sys.base_prefix)
    build_time_vars["TZPATH"] = sys.base_prefix + "/share/zoneinfo"


_move()
`;

/** There is no ldconfig, compiler or linker to ask: the libraries that are here are those of the runtime. */
const findLibrary = `

def find_library(name):
    import re
    import sys
    own = re.compile(r"lib%s\\.so(\\.[0-9.]+)?" % re.escape(name))
    found = sorted(file for file in os.listdir(sys.base_prefix + "/lib") if own.fullmatch(file))
    return found[0] if found else None
`;

/**
 * A text of the standard library as it is packed: no folder of this machine stays in it (`traces`, the longest first),
 * and what would ask the machine about itself knows the runtime. The same buffer where nothing changes.
 */
export function libraryText(path: string, bytes: Buffer, traces: readonly string[]): Buffer {
  const found = traces.filter((trace) => bytes.includes(trace));
  const addition = isBuildVariables(path) ? moved : path === "ctypes/util.py" ? findLibrary : "";
  if (found.length === 0 && addition === "") return bytes;
  // Latin-1 keeps every byte as it is.
  const text = found.reduce(
    (before, trace) => before.replaceAll(Buffer.from(trace).toString("latin1"), somewhere),
    bytes.toString("latin1"),
  );
  return Buffer.concat([Buffer.from(text, "latin1"), Buffer.from(addition)]);
}
