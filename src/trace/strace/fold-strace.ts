import { posix } from "node:path";
import type { Files } from "../fold/files.ts";
import type { SeenHost } from "../fold/fold-events.ts";
import type { FirstPlaces } from "../fold/touches.ts";
import { shorten, wordsOf } from "../fold/processes.ts";
import { listed, pathBehind, splitCall, unquote, type Call } from "./split-call.ts";
import { ownerOf, StraceProcesses, type StraceProcess } from "./strace-processes.ts";

export interface StraceTargets {
  readonly files: Files;
  readonly hosts: FirstPlaces<SeenHost>;
}

/** strace's lines (-f -ttt -y), taken up one by one: `7557  1795287441.526345 openat(...) = 3</a>`. */
export class StraceFold {
  readonly processes = new StraceProcesses();
  /** How often each process asked the system for random bytes, beyond what the C library does at its start. */
  readonly random = new Map<StraceProcess, number>();
  /** Calls whose end is still to come, by thread. */
  readonly #unfinished = new Map<number, string>();
  readonly #to: StraceTargets;
  readonly #cwd: string;
  dropped = 0;

  /** `cwd` is where the first process is. */
  constructor(to: StraceTargets, cwd: string) {
    this.#to = to;
    this.#cwd = cwd;
  }

  add(line: string): void {
    const [, id, seconds, micros, said] = /^(\d{1,9}) +(\d{1,11})\.(\d{6}) (.*)$/su.exec(line) ?? [];
    if (id === undefined || seconds === undefined || said === undefined) {
      this.dropped += 1;
      return;
    }
    const time = Number(seconds) * 1e9 + Number(micros) * 1e3;
    const thread = this.processes.at(Number(id), time);
    if (thread === null || said.startsWith("---")) return;
    if (said.startsWith("+++")) {
      thread.end = time;
      const code = /^\+\+\+ exited with (\d{1,3})/u.exec(said)?.[1];
      if (code !== undefined) thread.exitCode = Number(code);
      this.#unfinished.delete(thread.pid);
      return;
    }
    const text = this.#whole(thread.pid, said);
    if (text === null) return;
    const call = splitCall(text);
    if (call === null) this.dropped += 1;
    else this.#take(call, thread, time);
  }

  /** A call that another thread's line cut in two, put together; null until its end has come. */
  #whole(pid: number, said: string): string | null {
    const end = "<unfinished ...>";
    if (said.endsWith(end)) {
      if (this.#unfinished.size < 10_000) this.#unfinished.set(pid, said.slice(0, -end.length).trimEnd());
      return null;
    }
    const resumed = /^<\.\.\. \w{1,40} resumed>/u.exec(said)?.[0];
    if (resumed === undefined) return said;
    const begun = this.#unfinished.get(pid);
    this.#unfinished.delete(pid);
    return begun === undefined ? null : begun + said.slice(resumed.length);
  }

  #take({ name, args, result }: Call, thread: StraceProcess, time: number): void {
    const process = ownerOf(thread);
    const [first = "", second = "", third = ""] = args;
    if (result === null || result.startsWith("-1")) {
      // A connection that was refused, or is still being made, was made all the same.
      if (name === "connect" && result !== null) this.#host(name, second);
      return;
    }
    const child = /^(\d{1,9})/u.exec(result)?.[1];
    switch (name) {
      case "clone":
      case "clone3":
      case "fork":
      case "vfork":
        if (child !== undefined && Number(child) > 0)
          this.processes.born(thread, Number(child), /CLONE_THREAD/u.test(args.join()), time);
        return;
      case "execve":
      case "execveat": {
        const at = name === "execve" ? 0 : 1;
        process.executable = shorten(this.#path(process, "", args[at] ?? "") ?? "");
        process.argv = wordsOf(listed(args[at + 1] ?? ""));
        this.#read(process.executable, process);
        return;
      }
      case "open":
      case "creat":
      case "openat":
      case "openat2":
        this.#open(name, args, pathBehind(result), process);
        return;
      case "getdents64": {
        const folder = pathBehind(first);
        if (folder !== null) this.#to.files.list(folder, process, null);
        return;
      }
      case "getrandom":
        // 8 bytes without waiting are the C library's, for its memory, in every process.
        if (second !== "0x8" || third !== "0x1")
          this.random.set(process, (this.random.get(process) ?? 0) + 1);
        return;
      case "chdir":
        process.cwd = this.#path(process, "", first) ?? process.cwd;
        return;
      case "fchdir":
        process.cwd = pathBehind(first) ?? process.cwd;
        return;
      case "connect":
      case "bind":
        this.#host(name, second);
        return;
      default:
        this.#change(name, args, process);
    }
  }

  #open(name: string, args: readonly string[], opened: string | null, process: StraceProcess): void {
    const isAt = name.startsWith("openat");
    const directory = isAt ? (args[0] ?? "") : "";
    const flags = name === "creat" ? "O_WRONLY" : (args[isAt ? 2 : 1] ?? "");
    if (/O_DIRECTORY|O_PATH/u.test(flags)) {
      this.#path(process, directory, args[1] ?? "");
      return;
    }
    const path = this.#path(process, directory, args[isAt ? 1 : 0] ?? "") ?? opened;
    if (path === null) return;
    const mode = flags.includes("O_RDWR") ? "rw" : flags.includes("O_WRONLY") ? "w" : "r";
    this.#to.files.open(path, mode, process, null);
  }

  #read(path: string, process: StraceProcess): void {
    if (path.startsWith("/")) this.#to.files.open(path, "r", process, null);
  }

  #change(name: string, args: readonly string[], process: StraceProcess): void {
    const what = changes[name];
    if (what === undefined) return;
    const isAt = /at2?$/u.test(name);
    const path = (index: number): string | null =>
      isAt
        ? this.#path(process, args[index * 2] ?? "", args[index * 2 + 1] ?? "")
        : this.#path(process, "", args[index] ?? "");
    if (what === "symlink") {
      // Its first argument is a text, wherever that leads.
      const made = this.#path(process, isAt ? (args[1] ?? "") : "", args[isAt ? 2 : 1] ?? "");
      if (made !== null) this.#to.files.change(made, what, null, process, null);
      return;
    }
    const first = path(0);
    const removesFolder = name === "unlinkat" && (args[2] ?? "").includes("AT_REMOVEDIR");
    const to = what === "rename" || what === "link" ? path(1) : null;
    if (first !== null) this.#to.files.change(first, removesFolder ? "rmdir" : what, to, process, null);
  }

  #host(how: "connect" | "bind", address: string): void {
    if (!/sa_family=AF_INET6?\b/u.test(address)) return;
    const host = /(?:inet_addr\(|AF_INET6, )"([^"]{1,60})"/u.exec(address)?.[1];
    const port = /sin6?_port=htons\((\d{1,5})\)/u.exec(address)?.[1];
    if (host !== undefined)
      this.#to.hosts.add({ host, port: port === undefined ? null : Number(port), how }, null);
  }

  /** An absolute path for an argument; `directory` is the descriptor that it is relative to, "" the working folder. */
  #path(process: StraceProcess, directory: string, argument: string): string | null {
    const behind = pathBehind(directory);
    if (directory.startsWith("AT_FDCWD") && behind !== null) process.cwd = behind;
    const path = unquote(argument);
    if (path === null) return null;
    if (path.startsWith("/")) return posix.normalize(path);
    const base = behind ?? process.cwd ?? this.#cwd;
    return posix.join(base, path);
  }
}

/** System calls that change the tree, by the words of the hook's events. */
const changes: Readonly<Record<string, string>> = {
  rename: "rename",
  renameat: "rename",
  renameat2: "rename",
  unlink: "remove",
  unlinkat: "remove",
  rmdir: "rmdir",
  mkdir: "mkdir",
  mkdirat: "mkdir",
  link: "link",
  linkat: "link",
  symlink: "symlink",
  symlinkat: "symlink",
  truncate: "truncate",
};
