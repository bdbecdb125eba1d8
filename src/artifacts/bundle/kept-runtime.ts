import { thisLockPlatform, type LockPlatform } from "../../lock/index.ts";
import type { Interpreter } from "../../model/index.ts";
import { cacheDirectory, contentState, exists, findProgram, joinPath, now } from "../../system/index.ts";
import { hashFile, readText, sha256, treeState, writeAtomic } from "../../system/index.ts";
import { libraryFolders } from "../runtime/libraries/library-folders.ts";
import { pythonHome } from "../runtime/python/python-home.ts";
import type { BuiltRuntime, RuntimePlan } from "../runtime/runtime-plan.ts";
import type { Content, Member } from "../tree/member.ts";

export interface RuntimeInputs {
  readonly platform: LockPlatform;
  readonly interpreter: Interpreter;
  readonly programs: readonly string[];
  /** Of the wheels whose needs are met, sha256. */
  readonly wheels: readonly string[];
}

/** A content as JSON has it. */
type KeptContent = { readonly path: string } | { readonly base64: string } | null;
type KeptMember = Omit<Member, "content"> & { readonly content: KeptContent };

interface Kept {
  readonly plan: Omit<BuiltRuntime, "part"> & {
    readonly part: Omit<BuiltRuntime["part"], "members"> & { readonly members: readonly KeptMember[] };
  };
  /** The state of each file that the members' contents lie in. */
  readonly states: Readonly<Record<string, string>>;
}

/** A file that changed so short a time ago may change again without its times telling. */
const settledAfterMs = 3000;
const mostInline = 8192;
const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/**
 * The plan of a runtime, made by `make` or taken from Rung's cache: there it serves while Python's installation, the
 * folders of libraries, and every file that goes in are as they were, and the wheels and programs are the same.
 * Kept is what was made for this machine's platform, without an error. Its part has an identity.
 */
export async function keptRuntime(
  inputs: RuntimeInputs,
  make: () => Promise<RuntimePlan>,
): Promise<RuntimePlan> {
  if (inputs.platform !== thisLockPlatform()) return make();
  const file = cacheDirectory("runtimes", `${keyOf(inputs)}.json`);
  const found = read(file);
  if (found !== null) return found;
  const plan = await make();
  if (plan.part === null || plan.findings.some(({ severity }) => severity === "error")) return plan;
  return keep(file, plan) ? (read(file) ?? plan) : plan;
}

/** Of all that decides what is looked for, and of where it is looked for. */
function keyOf({ platform, interpreter, programs, wheels }: RuntimeInputs): string {
  const home = pythonHome(interpreter);
  const folders = libraryFolders("", machines[process.arch] ?? 0);
  const watched = [...folders, "/etc/ld.so.cache"].filter(exists).map((path) => contentState(path).state);
  const parts = [
    treeState(joinPath(import.meta.dirname, "../runtime")),
    platform,
    interpreter,
    home === null ? "" : treeState(home.library),
    programs.map((name) => [name, findProgram(name)]),
    wheels.toSorted(),
    process.env["LD_LIBRARY_PATH"] ?? "",
    folders,
    watched,
  ];
  return sha256(JSON.stringify(parts));
}

function read(file: string): BuiltRuntime | null {
  if (!exists(file)) return null;
  try {
    const text = readText(file);
    const { plan, states } = JSON.parse(text) as Kept;
    for (const [path, state] of Object.entries(states)) if (contentState(path).state !== state) return null;
    const members = plan.part.members.map((member): Member => ({
      ...member,
      content: restored(member.content),
    }));
    return { ...plan, part: { ...plan.part, members, identity: sha256(text) } };
  } catch {
    // A file that went, or a record that another version wrote.
    return null;
  }
}

function restored(content: KeptContent): Content | null {
  return content !== null && "base64" in content ? { bytes: Buffer.from(content.base64, "base64") } : content;
}

/** False where a file changed just now: a later call may keep it. */
function keep(file: string, plan: BuiltRuntime): boolean {
  const settledBefore = Date.parse(now()) - settledAfterMs;
  const states: Record<string, string> = {};
  const members: KeptMember[] = [];
  for (const member of plan.part.members) {
    const { content } = member;
    if (content === null || "bytes" in content) {
      members.push({ ...member, content: content === null ? null : keptBytes(content.bytes, states) });
      continue;
    }
    const { state, changedMs } = contentState(content.path);
    if (changedMs > settledBefore) return false;
    states[content.path] = state;
    members.push({ ...member, content });
  }
  const kept: Kept = { plan: { ...plan, part: { ...plan.part, members } }, states };
  writeAtomic(file, JSON.stringify(kept));
  return true;
}

/** What was changed on its way into the bundle lies in the cache as well; the small in the record itself. */
function keptBytes(bytes: Buffer, states: Record<string, string>): KeptContent {
  if (bytes.length <= mostInline) return { base64: bytes.toString("base64") };
  const path = cacheDirectory("runtimes", "files", sha256(bytes));
  if (!exists(path) || hashFile(path) !== sha256(bytes)) writeAtomic(path, bytes);
  states[path] = contentState(path).state;
  return { path };
}
