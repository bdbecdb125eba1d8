import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProjectFile } from "../../model/index.ts";
import { listTree, temporaryDirectory } from "../../system/index.ts";
import { projectMembers } from "./archive-entry.ts";
import { unpackArchive } from "./unpack-archive.ts";
import { archiveFormats, writeArchive, type ArchiveFormat } from "./write-archive.ts";

const room = temporaryDirectory("archive-test");
afterAll(() => room[Symbol.dispose]());

const formats = archiveFormats.map((format) => format.id);
const long = "a-long-folder-name-that-is-repeated/".repeat(9);
const latin1Name = Buffer.concat([Buffer.from("caf"), Buffer.from([0xe9]), Buffer.from(".csv")]);

/** The same tree by other hands: another order of making, other times, other bits for group and others. */
function makeTree(root: string, hand: "one" | "other"): string {
  const files: [string | Buffer, string | Buffer, boolean][] = [
    ["README.md", "# Study\n", false],
    ["empty.txt", "", false],
    ["run.sh", "#!/bin/sh\necho ok\n", true],
    ["data/é.csv", "a,b\n1,2\n", false],
    [`${long}deep.txt`, "deep", false],
    ["data/large.bin", Buffer.alloc(5_000_000, "0123456789 kernels "), false],
    [latin1Name, "name in latin-1", false],
  ];
  const links: [string, string][] = [
    ["latest.csv", "data/é.csv"],
    ["data/up", "../README.md"],
    ["deep", `${long}deep.txt`],
  ];
  const make = hand === "one" ? files : files.toReversed();
  for (const [name, content, executable] of make) {
    const at = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name)]);
    fs.mkdirSync(path.dirname(at.toString()), { recursive: true });
    fs.writeFileSync(at, content);
    const bits = hand === "one" ? 0o644 : 0o600;
    fs.chmodSync(at, executable ? bits | (hand === "one" ? 0o111 : 0o100) : bits);
    fs.utimesSync(at, 1, hand === "one" ? 1_000_000_000 : 1_234_567_890.5);
  }
  for (const [name, target] of links) fs.symlinkSync(target, path.join(root, name));
  return root;
}

function filesOf(root: string): ProjectFile[] {
  return listTree(root).entries.flatMap(({ path, size, mode, kind, mtimeMs }) =>
    kind === "file" || kind === "symlink" ? [{ path, size, mode, kind, mtimeMs }] : [],
  );
}

function write(root: string, format: ArchiveFormat, output: string) {
  return writeArchive({ name: "study-1.0", members: projectMembers(root, filesOf(root)), format, output });
}

/** Path, kind, owner execute bit and content of everything, for comparing trees. */
function contentOf(root: string): unknown {
  return filesOf(root).map((file) => {
    const at = Buffer.concat([
      Buffer.from(`${root}/`),
      Buffer.from(
        file.path.replaceAll("\udce9", "\u0000"),
        file.path.includes("\udce9") ? "latin1" : "utf8",
      ).map((byte) => (byte === 0 ? 0xe9 : byte)),
    ]);
    const content =
      file.kind === "symlink" ? fs.readlinkSync(at) : fs.readFileSync(at).toString("latin1").slice(0, 100);
    return [file.path, file.kind, file.kind === "file" && (file.mode & 0o100) > 0, file.size, content];
  });
}

let one: string;
let other: string;
beforeAll(() => {
  one = makeTree(path.join(room.path, "one"), "one");
  other = makeTree(path.join(room.path, "other"), "other");
});

describe.each(formats)("%s", (format) => {
  test("gives back every file, link, mode and name", async () => {
    const archive = await write(one, format, path.join(room.path, `round.${format}`));
    const destination = path.join(room.path, `round-${format}`);
    expect(await unpackArchive(archive.path, destination)).toEqual({ files: 10 });
    expect(contentOf(path.join(destination, "study-1.0"))).toEqual(contentOf(one));
  });

  test("is the same by other hands, in other zones and languages", async () => {
    const first = await write(one, format, path.join(room.path, `first.${format}`));
    const second = await write(other, format, path.join(room.path, `second.${format}`));
    expect(second).toMatchObject({ sha256: first.sha256, size: first.size });
    expect(fs.readFileSync(second.path).equals(fs.readFileSync(first.path))).toBe(true);
    const script = `import { writeArchive } from ${JSON.stringify(new URL("write-archive.ts", import.meta.url).href)};
      process.umask(0o077);
      console.log((await writeArchive(JSON.parse(process.argv[1]))).sha256);`;
    for (const [zone, locale] of [
      ["Asia/Tokyo", "ja_JP.UTF-8"],
      ["America/St_Johns", "tr_TR.UTF-8"],
    ]) {
      const output = path.join(room.path, `zone.${format}`);
      const members = projectMembers(other, filesOf(other).toReversed());
      const request = { name: "study-1.0", members, format, output };
      const digest = execFileSync(
        process.execPath,
        ["--input-type=module", "-e", script, JSON.stringify(request)],
        { env: { TZ: zone, LC_ALL: locale, UV_THREADPOOL_SIZE: "1" }, encoding: "utf8" },
      );
      expect(digest.trim()).toBe(first.sha256);
    }
  });

  test("is read by Python, with the time that SOURCE_DATE_EPOCH or nobody says", async () => {
    const archive = await write(one, format, path.join(room.path, `python.${format}`));
    expect(pythonListing(archive.path, format)).toEqual({ times: ["1980-01-01 00:00:00"], broken: null });
    process.env["SOURCE_DATE_EPOCH"] = "1700000000";
    try {
      const dated = await write(one, format, path.join(room.path, `dated.${format}`));
      expect(pythonListing(dated.path, format)).toEqual({ times: ["2023-11-14 22:13:20"], broken: null });
    } finally {
      delete process.env["SOURCE_DATE_EPOCH"];
    }
  });

  test("leaves what was there when it cannot be finished", async () => {
    const output = path.join(room.path, `kept.${format}`);
    fs.writeFileSync(output, "the one before");
    const files = [...filesOf(one), { path: "zz-gone.txt", size: 1, mode: 0o644, kind: "file", mtimeMs: 0 }];
    await expect(
      writeArchive({ name: "x", members: projectMembers(one, files as ProjectFile[]), format, output }),
    ).rejects.toMatchObject({ code: "PATH_UNREADABLE" });
    expect(fs.readFileSync(output, "utf8")).toBe("the one before");
    expect(fs.readdirSync(room.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

/** The digests of a tiny tree under the pinned Node: they change only with its zlib or zstd, or by our own doing. */
test("has the bytes that it always had", async () => {
  const root = path.join(room.path, "tiny");
  fs.mkdirSync(root);
  fs.writeFileSync(path.join(root, "a.txt"), "barley, barley, barley, barley\n");
  fs.writeFileSync(path.join(root, "b.sh"), "true\n", { mode: 0o755 });
  fs.symlinkSync("a.txt", path.join(root, "c"));
  const digests: Record<string, string> = {};
  for (const format of formats) {
    const written = await write(root, format, path.join(room.path, `tiny.${format}`));
    digests[format] = written.sha256.slice(0, 16);
  }
  expect(digests).toMatchInlineSnapshot(`
    {
      "tar.gz": "68fedf7e2c072857",
      "tar.zst": "043684e3b27b444d",
      "zip": "53e7a6250a139a74",
    }
  `);
});

test("does not hold itself, nor a top folder that leads elsewhere", async () => {
  const root = path.join(room.path, "self");
  fs.mkdirSync(root);
  fs.writeFileSync(path.join(root, "a.txt"), "a");
  const output = path.join(root, "self.zip");
  const first = await write(root, "zip", output);
  expect(await write(root, "zip", output)).toEqual(first);
  await expect(
    writeArchive({ name: "../x", members: projectMembers(root, filesOf(root)), format: "zip", output }),
  ).rejects.toMatchObject({ code: "USAGE" });
});

function pythonListing(archive: string, format: ArchiveFormat): unknown {
  const source = format === "tar.zst" ? `${archive}.tar` : archive;
  if (format === "tar.zst") fs.writeFileSync(source, unzstd(archive));
  const script = `
import sys, json, tarfile, zipfile, time
if sys.argv[1].endswith(".zip"):
    z = zipfile.ZipFile(sys.argv[1])
    times = {"%04d-%02d-%02d %02d:%02d:%02d" % i.date_time for i in z.infolist()}
    broken = z.testzip()
else:
    t = tarfile.open(sys.argv[1])
    times = {time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(m.mtime)) for m in t}
    broken = None if all(len(t.extractfile(m).read()) == m.size for m in t if m.isfile()) else "size"
print(json.dumps({"times": sorted(times), "broken": broken}))`;
  return JSON.parse(execFileSync("python3", ["-c", script, source], { encoding: "utf8" }));
}

function unzstd(archive: string): Buffer {
  const script = `process.stdout.write(require("zlib").zstdDecompressSync(require("fs").readFileSync(process.argv[1])))`;
  return execFileSync(process.execPath, ["-e", script, archive], { maxBuffer: 1e9 });
}

test.each(formats)("%s holds folders of their own, and content that lies in no file", async (format) => {
  const output = path.join(room.path, `made.${format}`);
  const members = [
    { path: "empty", kind: "directory", mode: 0o755, content: null },
    { path: "run", kind: "file", mode: 0o755, content: { bytes: Buffer.from("#!/bin/sh\n") } },
    { path: "again", kind: "symlink", mode: 0o777, content: { bytes: Buffer.from("run") } },
  ] as const;
  await writeArchive({ name: "made", members, format, output });
  const made = path.join(room.path, `made-${format}`);
  await unpackArchive(output, made);
  expect(fs.readdirSync(path.join(made, "made")).sort()).toEqual(["again", "empty", "run"]);
  expect(fs.statSync(path.join(made, "made", "empty")).isDirectory()).toBe(true);
  expect(fs.readFileSync(path.join(made, "made", "again"), "utf8")).toBe("#!/bin/sh\n");
  expect(fs.statSync(path.join(made, "made", "run")).mode & 0o777).toBe(0o755);
});
