import type { CauseKind, CodePlace, Touch, Trace } from "../model/index.ts";

/** Functions that ask the machine, by what their answer is. */
const asks: Partial<Record<CauseKind, RegExp>> = {
  "cpu-count": /cpu|affinity/u,
  hostname: /host|uname|node|platform/u,
  "process-id": /pid/u,
  user: /uid|gid|login|getuser|getpw|getgr/u,
  "working-directory": /cwd/u,
  umask: /umask/u,
  home: /home|expanduser/u,
  "temp-folder": /tempdir|mkdtemp|mkstemp/u,
};

const variables: Partial<Record<CauseKind, RegExp>> = {
  "time-zone": /^TZ$/u,
  locale: /^(?:LANG|LANGUAGE|LC_.+)$/u,
  home: /^(?:HOME|USERPROFILE)$/u,
  user: /^(?:USER|LOGNAME|USERNAME|LNAME)$/u,
  hostname: /^HOSTNAME$/u,
  "temp-folder": /^(?:TMPDIR|TEMP|TMP)$/u,
};

/** Where in the project's code an observed run touched what a kind of cause varies. Each place once. */
export function touchedPlaces(kind: CauseKind, trace: Trace): readonly CodePlace[] {
  const places = [...touches(kind, trace).map(({ at }) => at), ...lookedUp(kind, trace)];
  const seen = new Map<string, CodePlace>();
  for (const place of places) {
    if (place !== null) seen.set(`${place.file}\0${place.cell}\0${place.line}`, place);
  }
  return [...seen.values()];
}

function touches(kind: CauseKind, trace: Trace): readonly Pick<Touch, "at">[] {
  switch (kind) {
    case "random-seed":
      return trace.generators
        .filter(({ generator, unseededUse }) => generator !== "hash" && unseededUse)
        .flatMap(({ draws }) => draws);
    case "entropy":
      return trace.entropy;
    case "clock":
      return trace.clocks;
    case "directory-order":
      return trace.listings;
    case "network":
      return trace.hosts;
    case "input-changed":
      return trace.files.filter(({ area, read, written }) => area === "tree" && read && written);
    default: {
      const pattern = asks[kind];
      return pattern === undefined ? [] : trace.machineReads.filter(({ what }) => pattern.test(what));
    }
  }
}

function lookedUp(kind: CauseKind, trace: Trace): readonly (CodePlace | null)[] {
  const pattern = variables[kind];
  return trace.variables.flatMap(({ name, at }) => (pattern?.test(name) === true ? [at] : []));
}
