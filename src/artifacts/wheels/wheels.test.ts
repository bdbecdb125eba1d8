import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { fetchFile, sha256, temporaryDirectory } from "../../system/index.ts";
import { chooseArtifacts } from "./choose-artifacts.ts";
import { compareRanks, wheelRank, type WheelTarget } from "./wheel-rank.ts";

const room = temporaryDirectory("wheels-test");
afterAll(() => room[Symbol.dispose]());

const target = { platform: "linux-x86_64", python: "3.11.7", glibc: "2.31" } as const;

/** Wheels that one might meet, in no order. */
const tags = [
  "py3-none-any",
  "py2.py3-none-any",
  "py311-none-any",
  "py310-none-any",
  "cp311-none-any",
  "py3-none-manylinux2014_x86_64",
  "py3-none-manylinux_2_28_x86_64",
  "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64",
  "cp311-cp311-manylinux_2_28_x86_64",
  "cp311-cp311-manylinux_2_34_x86_64",
  "cp311-cp311-manylinux1_x86_64",
  "cp311-cp311-manylinux2010_x86_64",
  "cp311-cp311-linux_x86_64",
  "cp311-cp311-musllinux_1_2_x86_64",
  "cp311-cp311-macosx_11_0_arm64",
  "cp311-abi3-manylinux_2_17_x86_64",
  "cp38-abi3-manylinux_2_17_x86_64",
  "cp37-abi3-manylinux_2_28_x86_64",
  "cp311-none-manylinux_2_17_x86_64",
  "cp310-cp310-manylinux_2_17_x86_64",
  "cp312-cp312-manylinux_2_17_x86_64",
  "cp312-abi3-manylinux_2_17_x86_64",
];

test("wheels are chosen in the order of packaging's tags", () => {
  const mine = tags
    .map((tag) => ({ tag, rank: wheelRank(`a-1-${tag}.whl`, target) }))
    .flatMap(({ tag, rank }) => (rank === null ? [] : [{ tag, rank }]))
    .sort((a, b) => compareRanks(b.rank, a.rank) || (a.tag < b.tag ? -1 : 1))
    .map(({ tag }) => tag);
  expect(mine).toEqual(orderOfPackaging(target));
});

/** By the library that pip chooses with, told of another machine than this. */
function orderOfPackaging({ glibc }: WheelTarget): readonly string[] {
  const script = `
import json, sys
from pip._vendor.packaging import tags, utils
minor = int("${glibc}".split(".")[1])
platforms = []
for n in range(minor, 4, -1):
    platforms.append("manylinux_2_%d_x86_64" % n)
    legacy = {17: "manylinux2014_x86_64", 12: "manylinux2010_x86_64", 5: "manylinux1_x86_64"}.get(n)
    if legacy: platforms.append(legacy)
platforms.append("linux_x86_64")
order = list(tags.cpython_tags((3, 11), ["cp311"], platforms)) + list(tags.compatible_tags((3, 11), "cp311", platforms))
place = {tag: at for at, tag in reversed(list(enumerate(order)))}
found = []
for tag in json.load(sys.stdin):
    own = [place[t] for t in tags.parse_tag(tag) if t in place]
    if own: found.append((min(own), tag))
print(json.dumps([tag for _, tag in sorted(found)]))`;
  const said = execFileSync("python3", ["-c", script], { input: JSON.stringify(tags), encoding: "utf8" });
  return JSON.parse(said) as readonly string[];
}

test("a greater build number wins, and a target without a C library takes any", () => {
  const rank = (name: string): readonly number[] => wheelRank(name, target) ?? [];
  expect(compareRanks(rank("a-1-2-py3-none-any.whl"), rank("a-1-1-py3-none-any.whl"))).toBeGreaterThan(0);
  const unknown = { ...target, glibc: null };
  expect(wheelRank("a-1-cp311-cp311-manylinux_2_39_x86_64.whl", unknown)).not.toBeNull();
});

const hash = "a".repeat(64);
const wheel = (name: string): string => `{ url = "https://x.org/${name}", hashes = { sha256 = "${hash}" } }`;

test("a lock gives the wheels for a platform, what is to be built, and a finding for what is neither", () => {
  const lock = `lock-version = "1.0"
created-by = "uv"

[[packages]]
name = "both"
version = "1"
sdist = ${wheel("both-1.tar.gz")}
wheels = [${wheel("both-1-py3-none-any.whl")}, ${wheel("both-1-cp311-cp311-manylinux_2_17_x86_64.whl")}]

[[packages]]
name = "source"
version = "2"
sdist = ${wheel("source-2.tar.gz")}

[[packages]]
name = "elsewhere"
version = "3"
wheels = [${wheel("elsewhere-3-cp311-cp311-win_amd64.whl")}]

[[packages]]
name = "windows"
version = "4"
marker = "sys_platform == 'win32'"
wheels = [${wheel("windows-4-py3-none-any.whl")}]
`;
  const chosen = chooseArtifacts(lock, "pylock.toml", target);
  expect(chosen.wheels.map(({ filename, url }) => filename || url)).toEqual([
    expect.stringContaining("both-1-cp311-cp311-manylinux_2_17_x86_64.whl"),
  ]);
  expect(chosen.toBuild.map(({ name, kind }) => [name, kind])).toEqual([["source", "sdist"]]);
  expect(chosen.findings.map(({ rule, line }) => [rule, line])).toEqual([["pack-no-artifact", 18]]);
});

test("a download goes on where the connection broke, and a wrong file is not kept", async () => {
  const content = Buffer.alloc(300_000, "wheel");
  const asked: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    const { range } = request.headers;
    asked.push(range);
    const from = Number(/bytes=(\d+)-/u.exec(range ?? "")?.[1] ?? 0);
    if (from > 0) {
      response.writeHead(206, { "content-length": content.length - from });
      response.end(content.subarray(from));
      return;
    }
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.whl`;
  try {
    const to = path.join(room.path, "a.whl");
    const seen: number[] = [];
    await fetchFile(url, to, { sha256: sha256(content), onBytes: (bytes) => seen.push(bytes) });
    expect(fs.readFileSync(to).equals(content)).toBe(true);
    expect(asked).toEqual([undefined, "bytes=100000-"]);
    expect(seen.at(-1)).toBe(content.length);
    const wrong = path.join(room.path, "b.whl");
    await expect(fetchFile(url, wrong, { sha256: hash })).rejects.toThrow(/has sha256/u);
    expect(fs.readdirSync(room.path)).toEqual(["a.whl"]);
  } finally {
    server.close();
  }
});
