/** npm run schemas: writes the published JSON Schemas from the zod schemas that the program itself uses. */
import path from "node:path";
import { z } from "zod";
import { configSchema, ladderSchema, surveySchema } from "../src/model/schemas.ts";
import { writeAtomic } from "../src/system/index.ts";

/** Each schema's file, relative to the repository's root, and its text. */
export function renderSchemas(): ReadonlyMap<string, string> {
  const config = z.toJSONSchema(configSchema, { io: "input" });
  const ladder = z.toJSONSchema(ladderSchema);
  return new Map([
    ["schemas/rung.schema.json", render("rung-toml", "rung.toml, or [tool.rung] in pyproject.toml", config)],
    [
      "schemas/ladder.schema.json",
      render("ladder", "What status, check, prove and climb print with --json", ladder),
    ],
    [
      "schemas/survey.schema.json",
      render("survey", "What rung survey prints with --json", z.toJSONSchema(surveySchema)),
    ],
  ]);
}

function render(id: string, title: string, schema: object): string {
  const { $schema, ...rest } = { $schema: "", ...schema };
  return `${JSON.stringify({ $schema, $id: `urn:rung:schema:${id}:1`, title, ...rest }, null, 2)}\n`;
}

if (import.meta.main) {
  const root = path.resolve(import.meta.dirname, "..");
  for (const [file, text] of renderSchemas()) {
    writeAtomic(path.join(root, file), text);
    console.log(file);
  }
}
