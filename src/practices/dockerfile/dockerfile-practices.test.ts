import fc from "fast-check";
import { expect, test } from "vitest";
import { readManifests } from "../../manifests/index.ts";
import { dockerfileFindings } from "../index.ts";
import { dockerfilePractices } from "./dockerfile-practices.ts";
import { imagesToPin, mendDockerfile } from "./mend-dockerfile.ts";

const digest = `sha256:${"0".repeat(64)}`;
const commit = "0123456789".repeat(4);
const context = {
  secretFile: (path: string) => (/(?:^|\/)(?:\.env|id_rsa)$/u.test(path) ? "a secret" : null),
  versions: new Map([["numpy", "1.26.4"]]),
};
const find = (text: string) =>
  dockerfileFindings({ manifests: readManifests(["Dockerfile"], () => text) }, () => text, context);
const found = (text: string) => find(text).map(({ rule, line }) => `${line} ${rule}`);
/** Behind a base that nothing is to be said of. */
const after = (text: string) => found(`FROM debian@${digest}\n${text}\n`);

test.each([
  ["FROM python", ["1 base-latest"]],
  ["FROM localhost:5000/python", ["1 base-latest"]],
  ["FROM --platform=linux/amd64 python:latest AS x\nFROM x", ["1 base-latest"]],
  ["FROM python:3.11-slim", ["1 base-without-digest"]],
  [`FROM python:3.11@${digest}`, []],
  ["FROM scratch", []],
  ["# syntax=docker/dockerfile:1\nARG V=3.11\nFROM python:${V}", ["3 base-without-digest"]],
  [`ARG BASE=debian@${digest}\nFROM $BASE`, []],
  ["ARG BASE\nFROM ${BASE}", ["2 base-without-digest"]],
  ["ARG BASE\nFROM ${BASE:-debian}", ["2 base-latest"]],
  [`FROM debian@${digest} AS a\nARG B=debian\nFROM $B`, ["3 base-without-digest"]],
  [`FROM debian@${digest} AS a\nFROM a AS B\nCOPY --from=b /x /x\nCOPY --from=0 /x /x`, []],
  [
    `FROM debian@${digest}\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\nRUN --mount=type=bind,from=busybox:1,target=/b ls`,
    ["2 base-latest", "3 base-without-digest"],
  ],
])("what an image is built on: %j", (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  ["RUN pip install numpy", ["2 image-installs-unpinned"]],
  ["RUN pip install 'numpy>=1.2' scipy==1.11.0", ["2 image-installs-unpinned"]],
  ["RUN pip install numpy==1.26.4", []],
  ["RUN pip install -r requirements.txt && pip install .", []],
  ["RUN pip install --require-hashes -r r.txt", []],
  [`RUN pip install git+https://github.com/a/b@${commit}`, []],
  ["RUN pip install git+https://github.com/a/b@main", ["2 image-installs-unpinned"]],
  ['RUN ["python3", "-m", "pip", "install", "numpy"]', ["2 image-installs-unpinned"]],
  ["RUN apt-get update && \\\n  # for plots\n\n  apt-get install -y graphviz", ["5 image-installs-unpinned"]],
  ["RUN apt-get install -y graphviz=2.42.2-7 ./own.deb", []],
  ["RUN /opt/conda/bin/conda install -y -c conda-forge gdal", ["2 image-installs-unpinned"]],
  ["RUN conda install gdal=3.8.1 && conda env create -f environment.yml", []],
  ["RUN <<EOF\nset -e\n# pip install a\npip install numpy\nEOF", ["5 image-installs-unpinned"]],
  ["RUN <<EOF\n#!/usr/bin/env python3\npip install numpy\nEOF", []],
  ["COPY <<-'END' /x\n\tRUN pip install numpy\n\tEND\nRUN pip install b", ["5 image-installs-unpinned"]],
  ["RUN (cd /x; sudo -E PIP_NO_CACHE=1 pip3 install b) | tee log", ["2 image-installs-unpinned"]],
  ['RUN echo "x; pip install b"', []],
  ["ONBUILD RUN pip install b", ["2 image-installs-unpinned"]],
])("what is installed: %j", (text, expected) => {
  expect(after(text)).toEqual(expected);
});

test("the escape directive is followed", () => {
  const text = `# escape=\`\nFROM debian@${digest}\nRUN dir C:\\\nRUN echo a && \`\n  pip install b`;
  expect(found(text)).toEqual(["5 image-installs-unpinned"]);
});

test.each([
  ["RUN curl -fsSL https://example.org/x.sh | sh", ["2 image-download-unchecked"]],
  ["RUN wget -q https://x.org/a.tgz && echo 'aa  a.tgz' | sha256sum -c", []],
  ["RUN curl --version", []],
  ["RUN git clone https://x.org/a.git", ["2 image-download-unchecked"]],
  [`RUN git clone https://x.org/a.git && cd a && git checkout ${commit}`, []],
  ["ADD https://x.org/a.tgz /a.tgz", ["2 image-download-unchecked"]],
  [`ADD --checksum=${digest} https://x.org/a.tgz /a.tgz`, []],
  ['ADD ["https://x.org/a.tgz", "/a.tgz"]', ["2 image-download-unchecked"]],
  ["ADD https://x.org/a.git#main /a", ["2 image-download-unchecked"]],
  [`ADD https://x.org/a.git#${commit} /a`, []],
  ["ADD data.tar /data", []],
])("what is fetched: %j", (text, expected) => {
  expect(after(text)).toEqual(expected);
});

test.each([
  ["ENV API_TOKEN=abc", ["2 image-secret"]],
  ["ENV A=1 \\\n    DB_PASSWORD=abc", ["3 image-secret"]],
  ["ENV DB_PASSWORD old form", ["2 image-secret"]],
  ["ARG AWS_SECRET_ACCESS_KEY=abc", ["2 image-secret"]],
  ["ARG TOKEN\nENV TOKEN=$TOKEN", ["3 image-secret"]],
  ["ARG TOKEN", []],
  [
    "ENV DB_PASSWORD_FILE=/run/secrets/db GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D SORT_TOKEN=true",
    [],
  ],
  ["COPY .env id_rsa /app/", ["2 image-secret", "2 image-secret"]],
  ["COPY --from=0 /root/.env /app/", []],
  ["RUN pip install --index-url https://me:hunter2@pypi.example.org/ -r r.txt", ["2 image-secret"]],
  ["RUN --mount=type=secret,id=t pip install -r r.txt --index-url https://me:${T}@x.org/", []],
])("what is given away: %j", (text, expected) => {
  expect(after(text)).toEqual(expected);
});

test("a secret is an error, its value is not repeated, and everything else warns", () => {
  const findings = find(
    "FROM python\nENV API_TOKEN=hunter2\nRUN curl https://me:hunter2@x.org/a?t=hunter2 -o a",
  );
  expect(JSON.stringify(findings)).not.toContain("hunter2");
  expect(findings.map(({ severity }) => severity)).toEqual(["warning", "error", "error", "warning"]);
  expect(findings.every(({ why, fix, file }) => why !== null && fix !== null && file === "Dockerfile")).toBe(
    true,
  );
});

const digests = new Map([["python:3.12", digest]]);
const pinned = (text: string) => mendDockerfile("Dockerfile", text, { ...context, digests })?.after ?? null;

test.each([
  ["FROM python:3.12 AS a\r\nFROM a\r\n", ["python:3.12"], `FROM python:3.12@${digest} AS a\r\nFROM a\r\n`],
  [
    "FROM debian\nCOPY --from=python:3.12 /a /a",
    ["debian", "python:3.12"],
    `FROM debian\nCOPY --from=python:3.12@${digest} /a /a`,
  ],
  ["ARG B=python:3.12\nFROM $B", [], null],
  [`FROM python:3.12@${digest}`, [], null],
])("the images of %j are named by their digests", (text, images, expected) => {
  expect(imagesToPin(text)).toEqual(images);
  expect(pinned(text)).toBe(expected);
});

test.each([
  [
    "FROM a\r\nRUN pip install scipy \\\r\n  numpy\r\n",
    "FROM a\r\nRUN pip install scipy \\\r\n  numpy==1.26.4\r\n",
  ],
  ['FROM a\nRUN pip install "numpy"', 'FROM a\nRUN pip install "numpy==1.26.4"'],
  ["FROM a\nRUN <<E\npip install numpy\nE\n", "FROM a\nRUN <<E\npip install numpy==1.26.4\nE\n"],
  ["FROM a\nRUN pip install 'numpy>1'", null],
  ["FROM a\nRUN conda install numpy", null],
  ["FROM a\nRUN echo numpy && pip install numpy", null],
  ["FROM a\nRUN pip install scipy", null],
])("%j is pinned as the lock has it", (text, expected) => {
  expect(pinned(text)).toBe(expected);
});

test("arbitrary text never throws, and what is pinned stays pinned", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      ..."FROM RUN COPY ADD ENV ARG ONBUILD \n \\\n <<EOF EOF <<-E \" ' ` # escape=` $ { } ${V:- --from= --mount=from=".split(
        " ",
      ),
      ...'pip install numpy conda apt-get curl https:// git clone .git# @ && | ( ) ["a", TOKEN= [ ] \t \r\n'.split(
        " ",
      ),
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom("", " ", "\n"), (pieces, between) => {
      const text = pieces.join(between);
      for (const { line } of find(text)) expect(line).toBeGreaterThan(0);
      const once = pinned(text);
      if (once !== null) expect(pinned(once)).toBe(null);
    }),
  );
});

test.each([
  "RUN " + "<<E ".repeat(20_000),
  `RUN pip install ${'"\\"'.repeat(20_000)}`,
  "ENV " + "A= ".repeat(20_000),
  "RUN " + "(".repeat(50_000),
  "RUN <<E\n" + "\n".repeat(50_000) + "E",
])("a hostile file is read in seconds", (text) => {
  const start = performance.now();
  find(`FROM a\n${text}`);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("each practice names its rules", () => {
  const rules = dockerfilePractices.flatMap((practice) => practice.rules);
  expect(new Set(rules).size).toBe(rules.length);
});
