import path from "node:path";
import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { temporaryDirectory, writeAtomic } from "../../system/index.ts";
import { readIndexPage } from "./page.ts";
import { indexSettings, readSections } from "./settings.ts";

const hash = "a".repeat(64);

test("JSON and HTML pages say the same", () => {
  const json = JSON.stringify({
    files: [
      {
        filename: "a-1.tar.gz",
        url: "../files/a-1.tar.gz",
        hashes: { sha256: hash },
        yanked: "broken",
        "requires-python": ">=3",
        "upload-time": "2018-08-04T18:49:37Z",
      },
      { filename: "a-2.tar.gz", url: "https://x.org/a-2.tar.gz", hashes: {}, yanked: false },
    ],
  });
  const html = `<html><body>
    <a href="../files/a-1.tar.gz#sha256=${hash}" data-requires-python="&gt;=3" data-upload-time="2018-08-04T18:49:37Z" data-yanked="broken">a-1.tar.gz</a>
    <A HREF='https://x.org/a-2.tar.gz'>a-2.tar.gz</A>`;
  const base = "https://index.org/simple/a/";
  expect(readIndexPage(json, base)).toEqual(readIndexPage(html, base));
  expect(readIndexPage(html, base)[0]).toEqual({
    filename: "a-1.tar.gz",
    url: "https://index.org/simple/files/a-1.tar.gz",
    sha256: hash,
    yanked: "broken",
    requiresPython: ">=3",
    uploaded: "2018-08-04T18:49:37Z",
  });
});

test("yanked without a reason is yanked", () => {
  expect(readIndexPage('<a href="a.whl" data-yanked>a.whl</a>', "https://x.org/")[0]?.yanked).toBe("");
  expect(
    readIndexPage('{"files":[{"filename":"a","url":"a","yanked":true}]}', "https://x.org/")[0]?.yanked,
  ).toBe("");
});

test("arbitrary text never throws", () => {
  assert(
    property(string(), (text) => {
      readIndexPage(text, "https://x.org/");
      readIndexPage(`{${text}`, "https://x.org/");
      readIndexPage(`<a href="${text}">${text}</a>`, "https://x.org/");
      readSections(text, ["global"]);
    }),
  );
});

test("the index comes from uv's variables, then pip's, then pip's file", () => {
  const room = temporaryDirectory("pip");
  const file = path.join(room.path, "pip.conf");
  writeAtomic(
    file,
    "[global]\nindex-url = https://file.org/simple/\nextra-index-url =\n  https://a.org\n  https://b.org\n",
  );
  const base = { PIP_CONFIG_FILE: file };
  expect(indexSettings(base)).toMatchObject({
    indexUrl: "https://file.org/simple",
    extraIndexUrls: ["https://a.org", "https://b.org"],
  });
  expect(indexSettings({ ...base, PIP_INDEX_URL: "https://pip.org" }).indexUrl).toBe("https://pip.org");
  const both = { ...base, PIP_INDEX_URL: "https://pip.org", UV_DEFAULT_INDEX: "https://uv.org" };
  expect(indexSettings(both).indexUrl).toBe("https://uv.org");
  expect(indexSettings({ PIP_CONFIG_FILE: "/dev/null" }).indexUrl).toBe("https://pypi.org/simple");
  room[Symbol.dispose]();
});
