/** What one experiment changes: each condition changes one thing, everything else stays pinned. */
import type { CauseKind } from "../../src/model/index.ts";

/** How a program is run once. What is left out is as in every pinned run. */
export interface Change {
  readonly env?: Readonly<Record<string, string>>;
  /** Sets every variable that the program asks for. */
  readonly askedVariables?: boolean;
  /** Lines of the shell that starts it, as root in namespaces of its own. */
  readonly lines?: readonly string[];
  /** Words before the program. */
  readonly before?: readonly string[];
  readonly reversedListing?: boolean;
  readonly reversedTimes?: boolean;
  readonly otherTree?: boolean;
  readonly otherFolder?: boolean;
  readonly secondRun?: boolean;
  /** The number of the process before the program's own. */
  readonly lastProcess?: number;
  readonly looseAddresses?: boolean;
  readonly noNetwork?: boolean;
}

export interface Condition {
  readonly name: string;
  /** The kinds that it must show, and nothing else. */
  readonly kinds: readonly CauseKind[];
  /** Tried in turn; a difference in one is a difference. */
  readonly changes: readonly Change[];
}

const plain = { PATH: "/usr/local/bin:/usr/bin:/bin", PYTHONDONTWRITEBYTECODE: "1" };

/** What a run is given that is not pinned. */
export const unpinned: Readonly<Record<string, string>> = {
  ...plain,
  HOME: "/home/one",
  USER: "one",
  LOGNAME: "one",
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
};

/** What a pinned run is given. */
export const pinned: Readonly<Record<string, string>> = {
  ...unpinned,
  PYTHONHASHSEED: "0",
  OPENBLAS_NUM_THREADS: "2",
  OMP_NUM_THREADS: "2",
  PINS_CHANCE: "1",
  PINS_TIME: "1714564800",
  PINS_STEP: "0",
};

const wide = ["AVX512F", "AVX512CD", "AVX512_SKX", "AVX512_CLX", "AVX512_CNL", "AVX512_ICL"];

/** All conditions. `localeFolder` holds the locale de_DE in ISO 8859-1; `place` is the program's folder of its own. */
export function conditionsFor(localeFolder: string, place: string): readonly Condition[] {
  const one = (name: CauseKind, change: Change): Condition => ({ name, kinds: [name], changes: [change] });
  return [
    { name: "chance", kinds: ["random-seed", "entropy"], changes: [{ env: { PINS_CHANCE: "2" } }] },
    {
      name: "hash-seed",
      kinds: ["hash-seed"],
      changes: ["1", "2"].map((seed) => ({ env: { PYTHONHASHSEED: seed } })),
    },
    one("directory-order", { reversedListing: true }),
    one("clock", { env: { PINS_TIME: "1940000000", PINS_STEP: "1777" } }),
    one("time-zone", { env: { TZ: "Asia/Tokyo" } }),
    {
      name: "locale",
      kinds: ["locale"],
      changes: [{ env: { LC_ALL: "C" } }, { env: { LC_ALL: "de_DE", LOCPATH: localeFolder } }],
    },
    one("working-directory", { otherFolder: true }),
    one("tree-path", { otherTree: true }),
    one("home", { env: { HOME: "/home/another" } }),
    one("user", {
      env: { USER: "another", LOGNAME: "another" },
      before: ["unshare", "--user", "--map-user=1234", "--map-group=1234"],
    }),
    one("hostname", { lines: ["hostname another-machine"] }),
    one("environment", {
      env: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`ADDED_${index}`, "x".repeat(99)])),
      askedVariables: true,
    }),
    one("umask", { lines: ["umask 077"] }),
    one("cpu-count", {
      lines: [`echo 0 > ${place}/online`, `mount --bind ${place}/online /sys/devices/system/cpu/online`],
      before: ["taskset", "-c", "0"],
    }),
    one("cpu-features", { env: { OPENBLAS_CORETYPE: "Haswell", NPY_DISABLE_CPU_FEATURES: wide.join(" ") } }),
    one("threads", { env: { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" } }),
    one("process-id", { lastProcess: 5000 }),
    {
      name: "memory-address",
      kinds: ["memory-address"],
      changes: [{ looseAddresses: true }, { looseAddresses: true }],
    },
    one("file-times", { reversedTimes: true }),
    one("temp-folder", { env: { TMPDIR: `${place}/other-temporary-folder` } }),
    one("network", { noNetwork: true }),
    one("input-changed", { secondRun: true }),
  ];
}
