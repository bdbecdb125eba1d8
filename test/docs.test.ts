import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { exitCodes } from "../src/cli/exit-codes.ts";
import { highestLevel } from "../src/cli/level-argument.ts";
import { levels } from "../src/levels/levels.ts";
import { readConfig } from "../src/manifests/index.ts";
import { ladderSchema } from "../src/model/schemas.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");

/** The code blocks of a document in one language. */
function blocks(file: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gmu");
  return [...read(file).matchAll(fence)].map(([, code = ""]) => code);
}

const documents = fs
  .readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => path.join("docs", file));

test.each([...documents, "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])(
  "%s links to what is there",
  (file) => {
    const links = [...read(file).matchAll(/\]\(([^)\s#:]+)(?:#[^)]*)?\)/gu)].map(([, link = ""]) => link);
    const broken = links.filter((link) => !fs.existsSync(path.join(root, path.dirname(file), link)));
    expect(broken).toEqual([]);
  },
);

describe("docs/rung-toml.md", () => {
  test.each(blocks("docs/rung-toml.md", "toml").map((code) => [code]))("%s", async (code) => {
    expect((await readConfig("rung.toml", code)).findings).toEqual([]);
  });

  test("the README's example is one too", async () => {
    for (const code of blocks("README.md", "toml"))
      expect((await readConfig("rung.toml", code)).findings).toEqual([]);
  });

  test("names every key of the schema", () => {
    const text = read("docs/rung-toml.md");
    const keys = new Set<string>();
    const collect = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { properties } = node as { properties?: Record<string, unknown> };
      for (const key of Object.keys(properties ?? {})) keys.add(key);
      for (const value of Object.values(node)) collect(value);
    };
    collect(JSON.parse(read("schemas/rung.schema.json")));
    expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`, "u").test(text))).toEqual([]);
  });
});

describe("docs/how-a-level-is-proved.md", () => {
  test("shows JSON that the schema takes", () => {
    for (const code of blocks("docs/how-a-level-is-proved.md", "json")) {
      expect(ladderSchema.safeParse(JSON.parse(code)).error).toBeUndefined();
    }
  });

  test("lists each exit code and each level", () => {
    const text = read("docs/how-a-level-is-proved.md");
    for (const code of Object.values(exitCodes)) expect(text).toContain(`| ${code} |`);
    for (const { order } of levels) expect(text).toMatch(new RegExp(`^\\| ${order} \\S`, "mu"));
  });
});

test("the highest level that the command line takes is the ladder's highest", () => {
  expect(levels.at(-1)?.order).toBe(highestLevel);
});
