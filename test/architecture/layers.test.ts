import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { withDiagram } from "../../architecture/diagram.ts";
import { layers } from "../../architecture/layers.ts";

const root = path.resolve(import.meta.dirname, "../..");
const planted: string[] = [];

function plant(file: string, text: string): void {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text, { flag: "wx" });
  planted.push(target);
}

/** Runs the lint rules over a file or folder. */
function violations(file: string): string {
  const result = spawnSync("oxlint", [file], { cwd: root, encoding: "utf8" });
  return `${result.status === 0 ? "clean" : "refused"}\n${result.stdout}`;
}

afterEach(() => {
  for (const file of planted.splice(0)) fs.rmSync(file);
});

describe("the lint rules for imports", () => {
  test("refuse an import that looks up", () => {
    plant(
      "src/system/planted-up.ts",
      'import { levels } from "../levels/index.ts";\nexport const planted = levels;\n',
    );
    expect(violations("src/system/planted-up.ts")).toContain("system may not import levels, a higher layer");
  });

  test("refuse a type import that looks up", () => {
    plant(
      "src/model/planted-type.ts",
      'import type { Store } from "../store/index.ts";\nexport type Planted = Store;\n',
    );
    expect(violations("src/model/planted-type.ts")).toContain("model may not import store, a higher layer");
  });

  test("refuse an import past a room's door", () => {
    plant(
      "src/levels/planted-door.ts",
      'import { openBlobs } from "../store/blobs.ts";\nexport const planted = openBlobs;\n',
    );
    expect(violations("src/levels/planted-door.ts")).toContain("Import store by its door");
  });

  test("refuse a circle", () => {
    plant(
      "src/system/planted-a.ts",
      'import { b } from "./planted-b.ts";\nexport const a = (): unknown => b;\n',
    );
    plant(
      "src/system/planted-b.ts",
      'import { a } from "./planted-a.ts";\nexport const b = (): unknown => a;\n',
    );
    expect(violations("src/system/planted-a.ts")).toContain("no-cycle");
  });

  test("pass the house as it stands", () => {
    expect(violations("src")).toContain("clean");
  });
});

describe("the layer table", () => {
  test("names every room, and each room opens with two lines on its job", () => {
    const rooms = fs.readdirSync(path.join(root, "src")).filter((name) => !name.includes("."));
    expect(rooms.sort()).toEqual(layers.map((layer) => layer.room).sort());
    for (const room of rooms.filter((name) => name !== "cli")) {
      expect(fs.readFileSync(path.join(root, "src", room, "index.ts"), "utf8")).toMatch(
        /^\/\*\* .+\n(?: \* {1,2}.+\n)* \* {1,2}.+\*\/\n/u,
      );
    }
  });

  test("is what ARCHITECTURE.md shows", () => {
    const document = fs.readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
    expect(withDiagram(document)).toBe(document);
  });
});

test("no file of ours is over 300 lines", () => {
  const files = execFileSync("git", ["ls-files", "src", "scripts", "bench", "architecture"], {
    cwd: root,
    encoding: "utf8",
  });
  const sources = files.split("\n").filter((file) => /\.(ts|py)$/u.test(file) && !file.includes(".test."));
  const long = sources.filter(
    (file) => fs.readFileSync(path.join(root, file), "utf8").split("\n").length > 301,
  );
  expect(long).toEqual([]);
});

test("every error code has its page", () => {
  const codes =
    /toolErrorCodes = \[([^\]]+)\]/u.exec(
      fs.readFileSync(path.join(root, "src/model/error.ts"), "utf8"),
    )?.[1] ?? "";
  for (const [, code = ""] of codes.matchAll(/"([A-Z_]+)"/gu)) {
    expect(fs.existsSync(path.join(root, "docs/errors", `${code}.md`)), code).toBe(true);
  }
});
