import type { Subject } from "../levels/index.ts";
import type { CauseKind } from "../model/index.ts";
import { joinPath, lookUp, readBytes } from "../system/index.ts";

/** Words of code that looks at what varies, by the kind of cause: attributes and functions that are handed on, not called. */
const words: readonly (readonly [CauseKind, RegExp])[] = [
  ["time-zone", /\b(?:astimezone|fromtimestamp|localtime|mktime|tzlocal|tzname|tzset)\b/u],
  ["locale", /\blocale\b/u],
  ["tree-path", /\b__file__\b|\bsys\.path\b|\babspath\b|\brealpath\b/u],
  ["home", /\bexpanduser\b|\bPath\.home\b|\bgetuserbase\b/u],
  ["user", /\b(?:getuser|geteuid|getuid|getlogin|getpwuid)\b/u],
  ["hostname", /\b(?:gethostname|getfqdn|nodename)\b|\bplatform\.node\b/u],
  ["environment", /\bos\.environ\b|\bgetenv\b/u],
  ["umask", /\bumask\b|\bst_mode\b|\bfilemode\b/u],
  ["cpu-count", /\b(?:cpu_count|sched_getaffinity|n_jobs)\b/u],
  ["temp-folder", /\btempfile\b/u],
  ["file-times", /\bget[mca]time\b|\bst_[mca]time/u],
  ["network", /\b(?:socket|urllib|requests|httpx|aiohttp)\b|\/proc\/net\b/u],
];

const largestBytes = 1 << 20;

/** The kinds of cause whose words the project's code has, in whatever way. */
export function mentionedKinds({ project, sources }: Subject): ReadonlySet<CauseKind> {
  const kinds = new Set<CauseKind>();
  for (const path of sources.keys()) {
    const found = lookUp(joinPath(project.root, path));
    if (found?.isFile !== true || found.size > largestBytes) continue;
    // In whatever encoding: the words are ASCII.
    const text = Buffer.from(readBytes(found.realPath)).toString("latin1");
    for (const [kind, pattern] of words) if (!kinds.has(kind) && pattern.test(text)) kinds.add(kind);
  }
  return kinds;
}
