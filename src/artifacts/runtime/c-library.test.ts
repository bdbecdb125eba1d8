import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryDirectory } from "../../system/index.ts";
import { unservedLibrary, zoneMembers } from "./c-library.ts";
import type { Binary } from "./libraries/library-search.ts";
import { libraryFolders } from "./libraries/library-folders.ts";

const room = temporaryDirectory("clibrary");
afterAll(() => room[Symbol.dispose]());
const write = (name: string, text: string): string => {
  const file = path.join(room.path, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
};

function library(says: string): Binary {
  const file = write("libc.so.6", `\0\x7f${says}\0`);
  return {
    path: file,
    elf: {
      machine: 62,
      interpreter: null,
      isDynamic: true,
      needed: [],
      soname: null,
      rpath: [],
      runpath: [],
      runPathTexts: [],
      loadedEnd: 64,
      hasDebugSections: false,
    },
  };
}

test("serves the GNU C library whose loader can name a program", () => {
  const loader = "/lib64/ld-linux-x86-64.so.2";
  const gnu = (version: string): Binary =>
    library(`GNU C Library (Debian GLIBC ${version}-9) stable release version ${version}.\n`);
  expect(unservedLibrary(loader, gnu("2.33"))).toBeNull();
  expect(unservedLibrary(loader, gnu("2.41"))).toBeNull();
  expect(unservedLibrary(loader, gnu("2.31"))).toBe(
    "the GNU C library here is 2.31, and its loader cannot name a program before 2.33",
  );
  expect(unservedLibrary("/lib/ld-musl-x86_64.so.1", undefined)).toContain("musl");
  expect(unservedLibrary(loader, library("other"))).toContain("no version");
  expect(unservedLibrary(loader, undefined)).toContain("no version");
});

test("looks for libraries where the loader's configuration says", () => {
  const root = path.join(room.path, "root");
  for (const folder of ["opt/b/lib", "opt/a", "opt/never", "usr/lib", "lib/x86_64-linux-gnu"])
    fs.mkdirSync(path.join(root, folder), { recursive: true });
  write(
    "root/etc/ld.so.conf",
    "# first\ninclude ld.so.conf.d/*.conf\ninclude ld.so.conf\n/opt/gone\n/usr/lib\n",
  );
  write("root/etc/ld.so.conf.d/2.conf", "/opt/a # why\n");
  write("root/etc/ld.so.conf.d/1.conf", "/opt/b/lib\nrelative\n");
  write("root/etc/ld.so.conf.d/3.conf.old", "/opt/never\n");
  expect(libraryFolders(root, 62).map((folder) => path.relative(root, folder))).toEqual([
    "opt/b/lib",
    "opt/a",
    "usr/lib",
    "lib/x86_64-linux-gnu",
    "lib",
  ]);
  expect(libraryFolders(path.join(room.path, "nowhere"), 183)).toEqual([]);
});

test("takes each time zone once, and not this machine's", () => {
  for (const name of ["Asia/Tokyo", "right/Asia/Tokyo", "posix/UTC", "UTC"])
    write(`zones/usr/share/zoneinfo/${name}`, "TZif2");
  const folder = path.join(room.path, "zones");
  fs.symlinkSync("UTC", path.join(folder, "usr/share/zoneinfo/Zulu"));
  fs.symlinkSync("/etc/localtime", path.join(folder, "usr/share/zoneinfo/localtime"));
  expect(zoneMembers(folder).map((member) => [member.kind, member.path])).toEqual([
    ["file", "share/zoneinfo/Asia/Tokyo"],
    ["file", "share/zoneinfo/UTC"],
    ["file", "share/zoneinfo/Zulu"],
  ]);
});
