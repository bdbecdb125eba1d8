import { makeFinding, type Command, type Evidence, type Finding, type Trace } from "../model/index.ts";
import { traceFindings } from "../trace/index.ts";

/**
 * Where nothing isolates, a room's proof rests on what was seen of its runs: a read outside, or a network that is not
 * declared, fails it; and where a run could not be watched whole, nothing is known.
 */
export function watchedEvidence(
  commands: readonly Command[],
  traces: ReadonlyMap<string, Trace>,
): { readonly evidence: readonly Evidence[]; readonly findings: readonly Finding[] } {
  const found = commands.map((command) => watched(command, traces.get(command.name)));
  return {
    evidence: found.map(({ evidence }) => evidence),
    findings: found.flatMap(({ findings }) => findings),
  };
}

function watched(
  command: Command,
  trace: Trace | undefined,
): { evidence: Evidence; findings: readonly Finding[] } {
  const id = `watched:${command.name}`;
  if (trace === undefined) return unwatched(command, id, ["anything: no trace was left"]);
  const left = traceFindings(trace, { network: command.network, places: [] })
    .filter(({ rule }) => rule === "undeclared-input" || rule === "undeclared-network")
    .map((finding) => ({ ...finding, severity: "error" as const }));
  const [first] = left;
  if (first !== undefined)
    return { evidence: { id, status: "failed", summary: first.message }, findings: left };
  const { coverage } = trace;
  const isWhole = coverage.complete && coverage.blindProcesses.length === 0;
  if (!isWhole || !isWatchable(command, trace)) return unwatched(command, id, coverage.unseen);
  const summary = `${command.name} was seen to read nothing outside (watched by ${coverage.layers.join(", ")})`;
  return { evidence: { id, status: "proved", summary }, findings: [] };
}

function unwatched(
  { name }: Command,
  id: string,
  unseen: readonly string[],
): { evidence: Evidence; findings: readonly Finding[] } {
  const summary = `${name} could not be watched whole, and nothing here isolates it`;
  const finding = makeFinding("not-watched", "error", summary, {
    why: `Not seen: ${unseen.join("; ")}.`,
    fix: "Install bubblewrap (apt install bubblewrap), or allow user namespaces.",
  });
  return { evidence: { id, status: "missing", summary }, findings: [finding] };
}

/** One Python, and nothing that the shell does besides: what a shell and other programs read, the hook does not see. */
function isWatchable({ kind, run }: Command, { coverage }: Trace): boolean {
  if (kind === "notebook" || coverage.layers.includes("strace")) return true;
  const bare = run.replaceAll(/'[^']*'/gu, "");
  return /^(?:\w+=\S* )*(?:\S*\/)?python[\d.]* /u.test(run) && !/[|<>`&;$\n()]/u.test(bare);
}
