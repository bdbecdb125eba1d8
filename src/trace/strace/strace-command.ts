import { findProgram, runProcess } from "../../system/index.ts";

/** The calls that tell what a run read, wrote, started and contacted; the others run at full speed (seccomp-bpf). */
const calls = [
  "open,openat,openat2,creat,execve,execveat,clone,clone3,fork,vfork,connect,bind",
  "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate",
  "getdents64,getrandom,chdir,fchdir,exit_group",
].join(",");

/** Signals that end a process unless it minds them: strace tells of an end by those alone that it is asked for. */
const fatal = "kill,term,int,hup,quit,abrt,segv,bus,fpe,ill,xcpu,sys,pipe,usr1,usr2,alrm";

/** Where strace writes, in the folder shared with the command. */
export const straceFile = "strace.log";

/** No line of strace with these settings is longer, but for arguments without end. */
export const straceLimitBytes = 256 * 1024;

/** The words that go before a command to have it watched; what is seen goes to `output`. See strace(1). */
export function straceWords(program: string, output: string): readonly string[] {
  const settings = ["-f", "--seccomp-bpf", "-q", "-y", "-ttt", "-s", "200", "-e", `signal=${fatal}`];
  return [program, ...settings, "-e", "raw=getrandom", "-e", `trace=${calls}`, "-o", output, "--"];
}

export type StraceFound = { readonly program: string } | { readonly missing: string };

/** The strace of this machine, tried on a program that does nothing; else why it cannot be used. */
export async function findStrace(): Promise<StraceFound> {
  const program = findProgram("strace");
  if (program === null) return { missing: "strace is not installed" };
  if (!program.startsWith("/usr/") && !program.startsWith("/bin/"))
    return { missing: `${program} lies where a clean room does not show it` };
  const tried = await runProcess([...straceWords(program, "/dev/null"), "/bin/sh", "-c", "exit 7"], {
    timeoutMs: 10_000,
  });
  if (tried.exitCode === 7) return { program };
  const said = tried.stderr.toString("utf8").trim().split("\n")[0] ?? "";
  return { missing: `strace does not work here${said === "" ? "" : `: ${said}`}` };
}
