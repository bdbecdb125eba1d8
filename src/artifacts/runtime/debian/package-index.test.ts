import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { temporaryDirectory } from "../../../system/index.ts";
import { aptSources } from "./apt-sources.ts";
import { hashInRelease, packageIndex, withDependencies } from "./package-index.ts";

const room = temporaryDirectory("apt");
afterAll(() => room[Symbol.dispose]());

test("knows where apt's packages come from, security first", () => {
  fs.mkdirSync(path.join(room.path, "sources.list.d"));
  fs.writeFileSync(
    path.join(room.path, "sources.list"),
    "# deb http://old.example/debian buster main\ndeb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian trixie main contrib # ours\ndeb-src http://mirror.example/debian trixie main\ndeb file:/srv/debs ./\n",
  );
  fs.writeFileSync(
    path.join(room.path, "sources.list.d", "debian.sources"),
    "Types: deb deb-src\n# a word\nURIs: https://mirror.example/security/\nSuites: trixie-security\nComponents:\n main\nSigned-By: /k.gpg\n\nTypes: deb\nURIs: http://off.example\nSuites: x\nComponents: main\nEnabled: no\n",
  );
  fs.writeFileSync(path.join(room.path, "sources.list.d", "notes.bak"), "deb http://no.example/ x main\n");
  expect(aptSources(room.path)).toEqual([
    { uri: "https://mirror.example/security/", suite: "trixie-security", component: "main" },
    { uri: "http://mirror.example/debian/", suite: "trixie", component: "main" },
    { uri: "http://mirror.example/debian/", suite: "trixie", component: "contrib" },
  ]);
  expect(aptSources(path.join(room.path, "nowhere"))).toEqual([]);
});

const hash = (digit: string): string => digit.repeat(64);
const packages = `Package: python3.11
Version: 3.11.2-6
Depends: libpython3.11 (= 3.11.2-6), media-types | mime-support, libc6 (>= 2.36)
Pre-Depends: dpkg
Description: a word
 Package: not-this
Filename: pool/p/python3.11.deb
Size: 12
SHA256: ${hash("a")}

Package: libpython3.11
Version: 3.11.2-6
Depends: libssl2 | libssl3:any, python3.11 (= 3.11.2-6)
Filename: pool/p/lib.deb
SHA256: ${hash("b")}

Package: libssl3
Filename: pool/s/libssl3.deb
SHA256: ${hash("c")}

Package: libc6
Filename: ../../etc/libc6.deb
SHA256: ${hash("d")}
`;

test("follows what packages depend on", () => {
  const find = packageIndex(Buffer.from(packages));
  expect(find("python3.11")).toEqual({
    name: "python3.11",
    version: "3.11.2-6",
    filename: "pool/p/python3.11.deb",
    sha256: hash("a"),
    size: 12,
    depends: [["dpkg"], ["libpython3.11"], ["media-types", "mime-support"], ["libc6"]],
  });
  expect(find("not-this")).toBeNull();
  const found = withDependencies(["python3.11"], find, (name) => name.startsWith("lib"));
  expect(found.packages.map(({ name }) => name)).toEqual(["libpython3.11", "libssl3", "python3.11"]);
  expect(found.missing).toEqual(["libc6"]);
});

test("takes the hash that a release states, and no other", () => {
  const release = `-----BEGIN PGP SIGNED MESSAGE-----\n\nMD5Sum:\n ${"1".repeat(32)} 5 main/binary-arm64/Packages.xz\nSHA256:\n ${hash("2")}  5 main/binary-amd64/Packages.xz\n ${hash("3")}  5 main/binary-arm64/Packages.xz\nSHA512:\n x 5 y\n`;
  expect(hashInRelease(release, "main/binary-arm64/Packages.xz")).toBe(hash("3"));
  expect(hashInRelease(release, "main/binary-armhf/Packages.xz")).toBeNull();
  expect(hashInRelease("", "x")).toBeNull();
});

test("never fails on a broken index", () => {
  const text = fc.string({ unit: fc.constantFrom(..."Pa: kge\n x,|()") });
  fc.assert(
    fc.property(text, text, (noise, name) => {
      const bytes = Buffer.from(`Package: a\n${noise}`);
      expect(packageIndex(bytes)(name)).toBeNull();
      expect(hashInRelease(noise, name)).toBeNull();
    }),
  );
});
