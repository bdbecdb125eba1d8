import { z } from "zod";

const duration = z
  .union([z.number().positive(), z.string().regex(/^\d+(\.\d+)?\s*(s|m|h)?$/u)])
  .describe('Seconds, or a number with s, m or h: 90, "90s", "10m", "2h"');

const scenario = z
  .strictObject({
    args: z.string().default("").describe("Appended to the command's line"),
    env: z.record(z.string(), z.string()).default({}),
  })
  .describe("The same command with other arguments; it is run as NAME@SCENARIO");

const commandConfig = z.strictObject({
  run: z.string().optional().describe("A shell line, run in the project's environment"),
  notebook: z.string().optional().describe("Path of a notebook, run from the top in a fresh kernel"),
  test: z.string().optional().describe("A shell line that runs tests"),
  cwd: z.string().default(".").describe("Where it runs, relative to the project's root"),
  env: z.record(z.string(), z.string()).default({}),
  timeout: duration.default(3600),
  needs: z.array(z.string()).default([]).describe("Commands whose outputs this one reads"),
  outputs: z.array(z.string()).default([]).describe("Files or globs that a good run leaves"),
  network: z.boolean().default(false).describe("True where the command needs the network"),
  fallback: z.string().optional().describe("The command that stands in on generic hardware"),
  scenarios: z.record(z.string(), scenario).default({}),
});

const variableConfig = z.strictObject({
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  type: z.enum(["string", "int", "float", "bool", "path"]).default("string"),
  secret: z.boolean().default(false).describe("Never recorded, archived or printed"),
});

/** One rule on how outputs are compared; the first whose `paths` match counts. */
const compareRule = z.strictObject({
  paths: z
    .array(z.string())
    .min(1)
    .describe('Globs over output paths; "stdout:NAME" for a command\'s console text'),
  relative: z.number().min(0).default(0).describe("Relative tolerance for numbers"),
  absolute: z.number().min(0).default(0).describe("Absolute tolerance for numbers"),
  ignore: z.boolean().default(false).describe("Leave these outputs out of the comparison"),
  reason: z.string().optional().describe("Why; shown beside the verdict"),
});

const dataConfig = z.strictObject({
  url: z.union([z.url(), z.array(z.url()).min(1)]).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .optional(),
});

/** rung.toml, or [tool.rung] in pyproject.toml. */
export const configSchema = z.strictObject({
  project: z.strictObject({ name: z.string().optional() }).default({}),
  python: z
    .string()
    .optional()
    .describe('The Python to run with: "3.11", "3.11.7" or a specifier such as ">=3.10,<3.13"'),
  engine: z
    .enum(["uv", "venv", "virtualenv"])
    .default("uv")
    .describe("What makes the virtual environment; uv resolves and installs in each"),
  target: z.int().min(0).max(7).default(3).describe("The level that the owner wants"),
  repeats: z.int().min(2).max(100).default(2).describe("How often the level 0 proof runs each command"),
  commands: z.record(z.string().regex(/^[A-Za-z0-9][\w.-]*$/u), commandConfig).default({}),
  variables: z.record(z.string(), variableConfig).default({}),
  compare: z.array(compareRule).default([]),
  data: z.record(z.string(), dataConfig).default({}),
});
export type Config = z.infer<typeof configSchema>;
export type CompareRule = z.infer<typeof compareRule>;
export type VariableConfig = z.infer<typeof variableConfig>;
