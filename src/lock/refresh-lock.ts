import path from "node:path";
import { findUv, foldersOf, runUv, type Confine, type Progress } from "../environments/index.ts";
import { ToolError, type Interpreter } from "../model/index.ts";
import {
  findProgram,
  makeDirectory,
  readBytes,
  readText,
  realPath,
  runProcess,
  temporaryDirectory,
} from "../system/index.ts";
import { formatOfLock } from "./formats/lock-formats.ts";
import type { LockTool } from "./tools/lock-tool.ts";
import { lockTools } from "./tools/lock-tools.ts";

export interface RefreshRequest {
  /** Name of the lock's file in `copy`. */
  readonly lockName: string;
  /** A copy of the project's declarations, which the tool may write into. */
  readonly copy: string;
  readonly interpreter: Interpreter;
  /** Moves every package to the newest version that serves. */
  readonly upgrade: boolean;
  readonly confine?: Confine | undefined;
}

/** The tool that writes a lock, and whether it is at hand; null for formats that no tool is asked for. */
export function toolOfLock(lockPath: string): { readonly tool: LockTool; readonly isThere: boolean } | null {
  const format = formatOfLock(lockPath).id;
  const tool = lockTools.find((one) => one.format === format);
  if (tool === undefined) return null;
  return { tool, isThere: tool.program === "uv" || findProgram(tool.program) !== null };
}

/**
 * The text of a lock as its own tool makes it anew from what is declared, versions kept unless `upgrade`. The tool may
 * build packages: it runs confined, as builds do. Throws ToolError LOCK_FAILED with the tool's own words, TOOL_MISSING,
 * or NETWORK_UNAVAILABLE.
 */
export async function refreshLock(request: RefreshRequest, progress: Progress): Promise<string> {
  const found = toolOfLock(request.lockName);
  if (found === null || !found.isThere) {
    throw new ToolError("TOOL_MISSING", `No tool that writes ${request.lockName} is on PATH`);
  }
  const { tool } = found;
  progress(`${tool.program} locks anew`);
  using scratch = temporaryDirectory("lock-tool");
  if (tool.program === "uv") await runOwnUv(tool, request, progress);
  else await runTool(tool, request, scratch.path);
  return readText(path.join(request.copy, request.lockName));
}

async function runOwnUv(tool: LockTool, request: RefreshRequest, progress: Progress): Promise<void> {
  const { interpreter, copy, upgrade, confine } = request;
  const args = tool.lockArguments({ version: "", upgrade, python: interpreter.executable });
  await runUv(await findUv(progress), args, {
    cwd: copy,
    progress,
    code: "LOCK_FAILED",
    confine,
    reads: foldersOf(interpreter),
    writes: [copy],
  });
}

const timeoutMs = 900_000;

async function runTool(tool: LockTool, request: RefreshRequest, scratch: string): Promise<void> {
  const { interpreter, copy, upgrade, confine } = request;
  const program = findProgram(tool.program) ?? tool.program;
  const env = variablesFor(tool, interpreter, scratch);
  const asked = await runProcess([program, "--version"], { cwd: scratch, env, timeoutMs: 60_000 });
  const version = /\d+(?:\.\d+)+/u.exec(asked.stdout.toString("utf8"))?.[0] ?? "";
  const argv = [program, ...tool.lockArguments({ version, upgrade, python: interpreter.executable })];
  const within = `${scratch}/confined`;
  makeDirectory(within);
  const needs = {
    cwd: copy,
    reads: [...foldersOf(interpreter), ...foldersOfProgram(program), ...certificates(env)],
    writes: [copy, scratch],
    builds: null,
    scratch: within,
  };
  const result = await runProcess(confine === undefined ? argv : confine(argv, needs), {
    cwd: copy,
    env,
    timeoutMs,
  });
  if (result.exitCode === 0) return;
  const said = [result.failure ?? "", result.stdout.toString("utf8"), result.stderr.toString("utf8")].join(
    "\n",
  );
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  throw new ToolError("LOCK_FAILED", `${tool.program} lock failed: ${lines.slice(-8).join("\n")}`, {
    hint: `Run \`${tool.program} lock\` in the project to see all that it says.`,
  });
}

/** What a tool of the owner's gets of his variables: where packages come from, and nothing that is secret. */
const passed =
  /^(?:HOME|LANG|LC_\w+|TZ|USER|\w+_PROXY|\w+_proxy|PIP_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/u;

function variablesFor(
  tool: LockTool,
  { executable }: Interpreter,
  scratch: string,
): Record<string, string | undefined> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.test(name)));
  // The interpreter that is locked for comes first: these tools take the one on PATH.
  const search = [path.dirname(executable), process.env["PATH"] ?? ""].join(path.delimiter);
  return { ...own, PATH: search, XDG_CACHE_HOME: `${scratch}/cache`, ...tool.variables(scratch) };
}

/** Where a console script and the interpreter of its first line lie: its environment, as pipx and venv make them. */
function foldersOfProgram(program: string): readonly string[] {
  const real = realPath(program) ?? program;
  const head = readBytes(real).subarray(0, 512).toString("utf8");
  const python = /^#!\s*(\/[^\s]+)/u.exec(head)?.[1] ?? null;
  const found = [program, real, python, python === null ? null : realPath(python)];
  return found
    .flatMap((file) => (file === null ? [] : [path.dirname(path.dirname(file))]))
    .filter((one) => one !== "/");
}

const certificates = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  ["PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"].flatMap((name) => env[name] ?? []);
