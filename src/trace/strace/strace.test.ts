import fc from "fast-check";
import { expect, test } from "vitest";
import { Files } from "../fold/files.ts";
import type { SeenHost } from "../fold/fold-events.ts";
import { FirstPlaces } from "../fold/touches.ts";
import { StraceFold } from "./fold-strace.ts";
import { joinProcesses } from "./join.ts";
import { listed, pathBehind, splitCall, unquote } from "./split-call.ts";

function folded(lines: readonly string[]): { fold: StraceFold; files: Files; hosts: FirstPlaces<SeenHost> } {
  const files = new Files();
  const hosts = new FirstPlaces<SeenHost>();
  const fold = new StraceFold({ files, hosts }, "/start");
  for (const line of lines) fold.add(line);
  return { fold, files, hosts };
}

const told = (files: Files): string[] =>
  files
    .all()
    .map(({ seen, read, written, listed: isListed, deleted }) =>
      [seen, read && "read", written && "written", isListed && "listed", deleted && "deleted"]
        .filter(Boolean)
        .join(" "),
    );

test("a call is taken apart, however its texts are quoted", () => {
  const call = splitCall(
    String.raw`openat(3</a\76b>, "x, \"(\303\251", {flags=O_RDONLY, mode=0}, 24) = 4</a/y>`,
  );
  expect(call).toEqual({
    name: "openat",
    args: [String.raw`3</a\76b>`, String.raw`"x, \"(\303\251"`, "{flags=O_RDONLY, mode=0}", "24"],
    result: "4</a/y>",
  });
  expect(pathBehind(call?.args[0] ?? "")).toBe("/a>b");
  expect(unquote(call?.args[1] ?? "")).toBe('x, "(é');
  expect(unquote(String.raw`"\377"`)).toBe("\udcff");
  expect(listed(String.raw`["sh", "-c", "echo \"]\""]`)).toEqual(["sh", "-c", 'echo "]"']);
  expect(splitCall("exit_group(0)   = ?")?.result).toBeNull();
});

test("paths are made whole by descriptors and by the working folder that each process has", () => {
  const { files, fold } = folded([
    '5  1.000001 execve("/bin/sh", ["sh"], 0x1 /* 3 vars */) = 0',
    '5  1.000002 openat(AT_FDCWD</home/x>, "a.txt", O_RDONLY|O_CLOEXEC) = 3</home/x/a.txt>',
    '5  1.000003 chdir("sub")           = 0',
    "5  1.000004 clone(child_stack=NULL, flags=SIGCHLD) = 6",
    '6  1.000005 rename("b", "c") = 0',
    '6  1.000006 unlinkat(3</home/x/d>, "e", AT_REMOVEDIR) = 0',
    '6  1.000007 openat(AT_FDCWD</home/x/sub>, "none", O_RDONLY) = -1 ENOENT (No such file or directory)',
    "6  1.000008 getdents64(3</home/x/d>, 0x1 /* 5 entries */, 32768) = 144",
    "6  1.000009 +++ exited with 3 +++",
    "6  1.000010 getrandom(0x1, 0x10, 0) = 0x10",
  ]);
  expect(told(files)).toEqual([
    "/bin/sh read",
    "/home/x/a.txt read",
    "/home/x/sub/b deleted",
    "/home/x/sub/c written",
    "/home/x/d/e deleted",
    "/home/x/d listed",
  ]);
  // The last line is of another process that got the same id.
  expect(
    fold.processes.all().map(({ pid, exitCode, parent }) => [pid, exitCode, parent?.pid ?? null]),
  ).toEqual([
    [5, null, null],
    [6, 3, 5],
    [6, null, null],
  ]);
});

test("calls that other lines cut in two are put together, and threads are their process's", () => {
  const { files, fold, hosts } = folded([
    "5  1.000001 clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0}, 88 <unfinished ...>",
    '6  1.000002 openat(AT_FDCWD</w>, "t", O_RDWR|O_CREAT, 0666 <unfinished ...>',
    "5  1.000003 <... clone3 resumed> => {parent_tid=[6]}) = 6",
    "6  1.000004 <... openat resumed>) = 3</w/t>",
    '5  1.000005 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
    '5  1.000006 connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0',
  ]);
  expect(fold.processes.all().map(({ pid }) => pid)).toEqual([5]);
  expect(told(files)).toEqual(["/w/t read written"]);
  expect(hosts.finish(Object.assign(() => null, { isImport: () => false }))).toEqual([
    { host: "192.0.2.1", port: 443, how: "connect", at: null },
  ]);
});

test("the hook's processes and strace's are joined by id and time", () => {
  const { fold } = folded([
    '5  10.000000 execve("/bin/python", ["python"], 0x1) = 0',
    "5  10.100000 clone(flags=SIGCHLD) = 6",
    "6  10.200000 +++ exited with 0 +++",
    "5  10.300000 clone(flags=SIGCHLD) = 6",
    "6  10.400000 +++ exited with 4 +++",
    "5  10.500000 +++ exited with 0 +++",
  ]);
  const seen = (id: string, pid: number, seconds: number): Parameters<typeof joinProcesses>[0][number] => ({
    id,
    pid,
    parent: null,
    executable: "",
    argv: [],
    cwd: "",
    python: "3.13.0",
    start: seconds * 1e9,
    end: null,
    exitCode: null,
    hook: true,
    closed: true,
    toldCells: false,
    strace: false,
    silent: false,
    layers: [],
    threads: 0,
  });
  const joined = joinProcesses([seen("5", 5, 2.001), seen("6", 6, 2.31)], fold.processes.all());
  expect(joined.map(({ id, hook, exitCode, parent }) => [id, hook, exitCode, parent])).toEqual([
    ["5", true, 0, null],
    ["6#2", false, 0, "5"],
    ["6", true, 4, "5"],
  ]);
});

test("whatever stands in the file, reading it never fails", () => {
  const piece = fc.constantFrom(
    "openat(",
    "<unfinished ...>",
    "<... openat resumed>",
    '"',
    "\\",
    "</",
    ">",
    ") = 3",
    "{",
    "]",
    ", ",
    "= ?",
    "execve(",
    "clone(",
    "+++ exited with ",
  );
  const hostile = fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), hostile)), (lines) => {
      folded(lines.map(([pid, text]) => `${pid}  1.000001 ${text}`));
    }),
  );
});
