import { createServer } from "node:http";
import { expect, test } from "vitest";
import { sha256 } from "../../system/index.ts";
import { contained } from "../level-5-contained.ts";
import { subjectWith } from "../sample-subject.ts";

const files = {
  "pylock.toml":
    'lock-version = "1.0"\ncreated-by = "uv"\n\n[[packages]]\nname = "numpy"\nversion = "1.26.4"\n',
  "requirements.txt": "numpy\n",
  "main.py": "print(1)\n",
};

test("a project's Dockerfile is judged at level 5, and its installs are pinned from the lock", async () => {
  const subject = await subjectWith({
    ...files,
    "docker/Dockerfile": "FROM python:3.12\nCOPY .env /app/\nRUN pip install numpy\n",
  });
  const findings = contained.requires(subject).flatMap((check) => check.findings);
  expect(findings.filter(({ file }) => file === "docker/Dockerfile")).toMatchObject([
    { rule: "base-without-digest", severity: "warning", line: 1 },
    { rule: "image-secret", severity: "error", line: 2 },
    {
      rule: "image-installs-unpinned",
      severity: "warning",
      line: 3,
      fix: expect.stringContaining("numpy==1.26.4"),
    },
  ]);
});

test("climbing names the images by today's digests, where their registry answers, and takes the lock's versions", async () => {
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json" });
  await using registry = createServer((request, response) => {
    response.writeHead(request.url === "/v2/lab/base/manifests/1" ? 200 : 404).end(manifest);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => registry.once("listening", resolve));
  const address = registry.address();
  const host = `localhost:${typeof address === "object" ? address?.port : ""}`;
  const text = (digest: string, version: string): string =>
    `FROM ${host}/lab/base:1${digest} AS base\nFROM ${host}/lab/gone:1\nRUN pip install numpy${version}\n`;
  const subject = await subjectWith({ ...files, "docker/Dockerfile": text("", "") });
  const context = { subject, commands: [], progress: () => undefined, environment: null, platforms: [] };
  const { changes } = await contained.lift(context);
  expect(changes).toMatchObject([
    { path: "docker/Dockerfile", after: text(`@sha256:${sha256(manifest)}`, "==1.26.4") },
  ]);
});

test("without a Dockerfile nothing is said of one", async () => {
  const subject = await subjectWith(files);
  const context = { subject, commands: [], progress: () => undefined, environment: null, platforms: [] };
  expect((await contained.lift(context)).changes).toEqual([]);
});
