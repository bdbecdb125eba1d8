import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { ToolError } from "../../model/index.ts";
import { temporaryDirectory } from "../../system/index.ts";
import { unpackArchive } from "./unpack-archive.ts";

const room = temporaryDirectory("unpack-test");
afterAll(() => room[Symbol.dispose]());
let count = 0;

/** What the Python in `body` puts into `a`, by add(name, content or None, type, link). */
function craft(kind: "tar" | "tar.gz" | "zip", body: string): string {
  count += 1;
  const archive = path.join(room.path, `${count}.${kind}`);
  const script = `
import io, sys, tarfile, zipfile, warnings
warnings.simplefilter("ignore")
path = sys.argv[1]
if path.endswith(".zip"):
    a = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    def add(name, content=b"x", mode=0o100644, link=None):
        info = zipfile.ZipInfo(name); info.filename = name; info.create_system = 3
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        a.writestr(info, link.encode() if link is not None else content)
else:
    a = tarfile.open(path, "w:gz" if path.endswith("gz") else "w", format=tarfile.PAX_FORMAT)
    def add(name, content=b"x", type=tarfile.REGTYPE, link="", mode=0o644):
        info = tarfile.TarInfo(name); info.type = type; info.linkname = link; info.mode = mode
        info.size = len(content) if type == tarfile.REGTYPE else 0
        a.addfile(info, io.BytesIO(content) if type == tarfile.REGTYPE else None)
${body}
a.close()`;
  execFileSync("python3", ["-c", script, archive]);
  return archive;
}

async function refusal(archive: string, limits?: Parameters<typeof unpackArchive>[2]): Promise<string> {
  const destination = path.join(room.path, `out-${(count += 1)}`, "inner");
  fs.mkdirSync(path.dirname(destination));
  try {
    await unpackArchive(archive, destination, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(ToolError);
    expect(fs.readdirSync(path.dirname(destination)).filter((name) => name !== "inner")).toEqual([]);
    return error instanceof ToolError
      ? `${error.code}: ${error.message.split(": ").slice(1).join(": ")}`
      : "";
  }
  return "unpacked";
}

const link = "type=tarfile.SYMTYPE, link=";
const hostile: readonly (readonly [string, "tar" | "zip", string])[] = [
  ["a name with ..", "tar", `add("a/../../evil")`],
  ["a name with ..", "zip", `add("../evil")`],
  ["a name with .. behind backslashes", "zip", `add("a\\\\..\\\\..\\\\evil")`],
  ["an absolute name", "tar", `add("/tmp/evil")`],
  ["an absolute name", "zip", `add("/tmp/evil")`],
  ["a drive", "zip", `add("C:/evil")`],
  ["a link to an absolute path", "tar", `add("a", ${link}"/etc")`],
  ["a link to an absolute path", "zip", `add("a", mode=0o120777, link="/etc")`],
  ["a link that leads out", "tar", `add("d/a", ${link}"../../x")`],
  ["a link that leads out", "zip", `add("d/a", mode=0o120777, link="../../x")`],
  [
    "links that lead out together",
    "tar",
    `add("s/t/f")\nadd("a", ${link}"s/t")\nadd("b", ${link}"a/../../..")`,
  ],
  ["a link to here, and up from it", "tar", `add("a", ${link}".")\nadd("b", ${link}"a/../x")`],
  ["a file written through a link", "tar", `add("a", ${link}".")\nadd("a/f")`],
  ["a file written through a link", "zip", `add("a", mode=0o120777, link=".")\nadd("a/f")`],
  ["a link over a folder", "tar", `add("a/f")\nadd("a", ${link}".")`],
  ["a file twice", "tar", `add("a")\nadd("./a")`],
  ["a file twice", "zip", `add("a")\nadd("a")`],
  ["a hard link out", "tar", `add("a", type=tarfile.LNKTYPE, link="../../etc/passwd")`],
  [
    "a hard link to a link",
    "tar",
    `add("l", ${link}"x")\nadd("x")\nadd("a", type=tarfile.LNKTYPE, link="l")`,
  ],
  ["a device", "tar", `add("a", type=tarfile.CHRTYPE)`],
  ["a block device", "tar", `add("a", type=tarfile.BLKTYPE)`],
  ["a pipe", "tar", `add("a", type=tarfile.FIFOTYPE)`],
  ["a pipe", "zip", `add("a", mode=0o010644)`],
  ["a link of an impossible length", "zip", `add("a", mode=0o120777, link="x" * 5000)`],
];

describe("refuses", () => {
  test.each(hostile)("%s (%s)", async (_, kind, body) => {
    expect(await refusal(craft(kind, body))).toMatch(/^UNSAFE_ARCHIVE: ./u);
  });

  test("bombs, by ratio, by size and by number of entries", async () => {
    const zeros = craft("tar.gz", `add("z", b"\\0" * 120_000_000)`);
    expect(await refusal(zeros)).toBe("UNSAFE_ARCHIVE: it unpacks to more than 200 times its size");
    const zip = craft("zip", `add("z", b"\\0" * 3_000_000)`);
    const limits = { bytes: 1e6, entries: 3, ratio: 200 };
    expect(await refusal(zip, limits)).toBe("UNSAFE_ARCHIVE: it unpacks to more than 1000000 bytes");
    const many = craft("tar", `for i in range(4): add(str(i))`);
    expect(await refusal(many, limits)).toBe("UNSAFE_ARCHIVE: it has more than 3 entries");
    const copies = craft(
      "tar",
      `add("a", b"x" * 600_000)\nadd("b", type=tarfile.LNKTYPE, link="a")\nadd("c", type=tarfile.LNKTYPE, link="a")`,
    );
    expect(await refusal(copies, { ...limits, entries: 9 })).toMatch("more than 1000000 bytes");
  });

  test("what is cut off or no archive, and a folder that is not empty", async () => {
    const whole = fs.readFileSync(craft("tar", `add("a", b"barley" * 1000)`));
    for (const [name, bytes] of [
      ["tar", whole.subarray(0, 3000)],
      ["tar.gz", zlib.gzipSync(whole).subarray(0, 90)],
      ["tar.zst", zlib.zstdCompressSync(whole).subarray(0, 60)],
      ["zip", fs.readFileSync(craft("zip", `add("a")`)).subarray(0, 60)],
      ["txt", Buffer.from("no archive at all")],
      ["none", Buffer.alloc(0)],
    ] as const) {
      const file = path.join(room.path, `broken.${name}`);
      fs.writeFileSync(file, bytes);
      expect(await refusal(file), name).toMatch(/^PATH_UNREADABLE: ./u);
    }
    fs.writeFileSync(path.join(room.path, "fine.tar"), whole);
    await expect(unpackArchive(path.join(room.path, "fine.tar"), room.path)).rejects.toMatchObject({
      code: "USAGE",
    });
  });
});

test("unpacks what other tools write: folders, hard links, long names, loops of links, modes", async () => {
  const body = `
add("top", type=tarfile.DIRTYPE)
add("top/run", b"#!", mode=0o4775)
add("top/plain", b"a", mode=0o600)
add("top/hard", type=tarfile.LNKTYPE, link="top/run", mode=0o755)
add("top/" + "n" * 180 + "/" + "m" * 180)
add("top/loop", ${link}"loop")
add("top/in", ${link}"../top/plain")`;
  const destination = path.join(room.path, "other-tools");
  expect(await unpackArchive(craft("tar.gz", body), destination)).toEqual({ files: 6 });
  const mode = (name: string): number => fs.statSync(path.join(destination, "top", name)).mode & 0o7777;
  expect([mode("run"), mode("plain"), mode("hard")]).toEqual([0o755, 0o644, 0o755]);
  expect(fs.readFileSync(path.join(destination, "top/in"), "utf8")).toBe("a");
  expect(fs.readlinkSync(path.join(destination, "top/loop"))).toBe("loop");
});

test.each(["tar", "tar.gz", "zip"] as const)(
  "keeps the times of a %s where asked to, and no impossible ones",
  async (kind) => {
    const archive = path.join(room.path, `times.${kind}`);
    const script = `
import sys, tarfile, zipfile, io, calendar
path, times = sys.argv[1], {"old": (2020, 3, 10, 12, 0, 0), "unset": (1980, 1, 1, 0, 0, 0), "ahead": (2099, 1, 1, 0, 0, 0)}
if path.endswith(".zip"):
    with zipfile.ZipFile(path, "w") as a:
        for name, time in times.items(): a.writestr(zipfile.ZipInfo(name, time), b"x")
else:
    with tarfile.open(path, "w:gz" if path.endswith("gz") else "w") as a:
        for name, time in times.items():
            info = tarfile.TarInfo(name); info.size = 1; info.mtime = calendar.timegm(time) + 0.5
            a.addfile(info, io.BytesIO(b"x"))`;
    execFileSync("python3", ["-c", script, archive]);
    const started = Date.now() - 60_000;
    const days = async (keepTimes: boolean): Promise<readonly string[]> => {
      const destination = path.join(room.path, `times-${kind}-${keepTimes}`);
      await unpackArchive(archive, destination, { keepTimes });
      return ["old", "unset", "ahead"].map((name) => {
        const { mtime } = fs.statSync(path.join(destination, name));
        return mtime.getTime() >= started && mtime.getTime() <= Date.now()
          ? "now"
          : mtime.toISOString().slice(0, 10);
      });
    };
    expect(await days(true)).toEqual(["2020-03-10", "now", "now"]);
    expect(await days(false)).toEqual(["now", "now", "now"]);
  },
);

test("whatever is changed in an archive, it is unpacked inside or refused with a reason", async () => {
  const body = `add("d/a", b"barley" * 100)\nadd("d/b")\nadd("é" * 80)\nadd("l", ${link}"d/a")`;
  const tar = fs.readFileSync(craft("tar", body));
  const zip = fs.readFileSync(
    craft("zip", `add("d/a", b"barley" * 100)\nadd("l", mode=0o120777, link="d/a")`),
  );
  const change = fc.array(
    fc.record({ where: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255) }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(tar, zip), change, async (original, changes) => {
      const bytes = Buffer.from(original);
      for (const { where, byte } of changes) bytes[Math.floor(where * bytes.length)] = byte;
      fixChecksums(bytes);
      const file = path.join(room.path, "changed");
      fs.writeFileSync(file, bytes);
      expect(await refusal(file)).toMatch(/^unpacked$|^(UNSAFE_ARCHIVE|PATH_UNREADABLE): /u);
    }),
    { numRuns: 150 },
  );
});

/** Makes every changed tar header valid again, so that what lies behind the checksum is tried. */
function fixChecksums(bytes: Buffer): void {
  for (let at = 0; at + 512 <= bytes.length; at += 512) {
    if (bytes.toString("latin1", at + 257, at + 262) !== "ustar") continue;
    bytes.fill(0x20, at + 148, at + 156);
    const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, at + 148, "latin1");
  }
}
