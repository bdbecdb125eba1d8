import type { Subject } from "../levels/index.ts";
import type { CauseKind } from "../model/index.ts";
import { codeOf } from "../source/index.ts";

/** Calls whose answer varies, by the kind of cause that they bring in. */
const callers: readonly (readonly [CauseKind, RegExp])[] = [
  [
    "clock",
    /^(?:datetime\.(?:datetime|date)\.(?:now|today|utcnow)|time\.(?:time|time_ns|localtime|gmtime|ctime|strftime|asctime)|pandas\.Timestamp\.(?:now|today))$/u,
  ],
  [
    "random-seed",
    /^(?:random|numpy\.random|torch\.rand\w*|sklearn\.(?:model_selection|ensemble|cluster))\b|^\.sample$/u,
  ],
  ["entropy", /^(?:os\.urandom|uuid\.uuid[14]|secrets\.)/u],
  ["directory-order", /^(?:os\.(?:listdir|scandir|walk)|glob\.i?glob)$|^\.(?:iterdir|glob|rglob)$/u],
  [
    "time-zone",
    /^(?:time\.(?:localtime|mktime|tzset|strftime|ctime)|datetime\.datetime\.(?:fromtimestamp|now)|datetime\.date\.fromtimestamp)$|^\.(?:astimezone|timestamp)$/u,
  ],
  ["locale", /^(?:locale\.|open$|csv\.)|^\.(?:read_text|write_text)$/u],
  ["working-directory", /^(?:os\.(?:getcwd|path\.abspath)|pathlib\.Path\.cwd)$/u],
  [
    "tree-path",
    /^(?:os\.(?:getcwd|path\.(?:abspath|realpath))|pathlib\.Path\.cwd)$|^\.(?:resolve|absolute)$/u,
  ],
  ["home", /^(?:os\.path\.expanduser|pathlib\.Path\.home|site\.)|^\.expanduser$/u],
  ["user", /^(?:getpass\.getuser|os\.(?:getlogin|getuid|geteuid|getgid)|pwd\.)/u],
  ["hostname", /^(?:socket\.(?:gethostname|getfqdn)|platform\.(?:node|uname)|os\.uname)$/u],
  ["environment", /^(?:os\.(?:getenv|environ)|shutil\.get_terminal_size|os\.get_terminal_size)/u],
  ["umask", /^os\.(?:umask|stat|lstat|chmod|mkdir|makedirs)$|^\.(?:stat|chmod|touch)$/u],
  [
    "cpu-count",
    /^(?:os\.(?:cpu_count|sched_getaffinity|process_cpu_count)|multiprocessing\.(?:cpu_count|Pool)|joblib\.|concurrent\.futures\.)/u,
  ],
  ["threads", /^(?:concurrent\.futures\.|threading\.|multiprocessing\.|joblib\.)|^\.imap_unordered$/u],
  ["process-id", /^os\.getp?pid$|^multiprocessing\.current_process$/u],
  ["memory-address", /^id$/u],
  ["file-times", /^(?:os\.(?:path\.get[mca]time|stat|lstat|utime)|shutil\.copystat)$|^\.stat$/u],
  ["temp-folder", /^tempfile\./u],
  ["network", /^(?:socket\.|urllib\.|requests\.|http\.|aiohttp\.|httpx\.)/u],
];

/** The kinds of cause that the project's code calls for by name, whether or not that is reached. */
export function calledKinds({ sources }: Subject): ReadonlySet<CauseKind> {
  const kinds = new Set<CauseKind>();
  for (const facts of sources.values()) {
    for (const { name, keywords, mode } of codeOf(facts).calls) {
      const isDecided = keywords.includes("encoding") || mode?.includes("b") === true;
      for (const [kind, pattern] of callers) {
        if (pattern.test(name) && !(kind === "locale" && isDecided)) kinds.add(kind);
      }
    }
    if (codeOf(facts).environment.length > 0) kinds.add("environment");
  }
  return kinds;
}
