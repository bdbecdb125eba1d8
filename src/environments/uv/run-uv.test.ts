import { afterEach, expect, test } from "vitest";
import { uvEnvironment } from "./run-uv.ts";

const planted = {
  DEPLOY_PASSWORD: "no",
  GITHUB_TOKEN: "no",
  AWS_SECRET_ACCESS_KEY: "no",
  CLIENT_SECRET: "no",
  UV_PUBLISH_TOKEN: "no",
  TOKENIZERS_PARALLELISM: "yes",
  UV_INDEX_MINE_USERNAME: "yes",
  UV_INDEX_MINE_PASSWORD: "yes",
} as const;

afterEach(() => {
  for (const name of Object.keys(planted)) delete process.env[name];
});

test("uv, and so a build, gets no secret but those of an index", () => {
  Object.assign(process.env, planted);
  const environment = uvEnvironment(false);
  const got = Object.entries(planted).filter(([name]) => environment[name] !== undefined);
  expect(got.map(([name]) => name)).toEqual([
    "TOKENIZERS_PARALLELISM",
    "UV_INDEX_MINE_USERNAME",
    "UV_INDEX_MINE_PASSWORD",
  ]);
});
