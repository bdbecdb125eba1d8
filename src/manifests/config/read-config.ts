import { makeFinding, type Config, type Finding } from "../../model/index.ts";
import { readToml, type TomlPath } from "../toml/toml-document.ts";
import { asTable } from "../toml/toml-values.ts";
import { contradictions } from "./contradictions.ts";
import { defaultConfig } from "./default-config.ts";
import { nearest } from "./nearest.ts";
import { knownConfig } from "./known-config.ts";
import { configPositions, configRoot, type ConfigPositions } from "./positions.ts";

export interface ConfigReading {
  /** The defaults where a finding is an error: half a config is not what its owner meant. */
  readonly config: Config;
  readonly findings: readonly Finding[];
  readonly positions: ConfigPositions;
}

/**
 * The config of a rung.toml, or of [tool.rung] in a pyproject.toml. Loads the schema (and so zod) only when there is
 * something to check. Never throws: what is wrong is a finding with its line.
 */
export async function readConfig(path: string, text: string): Promise<ConfigReading> {
  const document = readToml(path, text, "config-invalid");
  const positions = configPositions(path, document);
  if (document.findings.length > 0)
    return { config: defaultConfig(), findings: document.findings, positions };
  let value: unknown = document.value;
  for (const key of configRoot(path)) value = asTable(value)[key];
  if (value === undefined) return { config: defaultConfig(), findings: [], positions };

  const known = knownConfig(value);
  if (known.config !== null) return sound(known.config, positions);
  const { configSchema } = await import("../../model/schemas.ts");
  const parsed = configSchema.safeParse(value);
  if (parsed.success) {
    known.remember(parsed.data);
    return sound(parsed.data, positions);
  }
  const { z } = await import("zod");
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  const findings = parsed.error.issues.flatMap((issue) => {
    const at = issue.path.filter((part) => typeof part !== "symbol");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey(positions, at, key, keysAt(schema, at)));
    }
    const message = `${at.join(".") || "the config"}: ${issue.message}`;
    return [makeFinding("config-invalid", "error", message, { file: path, line: positions.lineOf(at) })];
  });
  return { config: defaultConfig(), findings, positions };
}

function sound(config: Config, positions: ConfigPositions): ConfigReading {
  const findings = contradictions(config, positions);
  const broken = findings.some((finding) => finding.severity === "error");
  return { config: broken ? defaultConfig() : config, findings, positions };
}

function unknownKey(
  positions: ConfigPositions,
  at: TomlPath,
  key: string,
  known: readonly string[],
): Finding {
  const meant = nearest(key, known);
  const where = at.length === 0 ? "" : ` in ${at.join(".")}`;
  return makeFinding("config-unknown-key", "error", `there is no key "${key}"${where}`, {
    file: positions.file,
    line: positions.lineOf([...at, key]),
    why: "what it was meant to say would be passed over",
    fix: meant === null ? `use one of ${known.join(", ")}` : `did you mean "${meant}"?`,
  });
}

/** The keys that a JSON Schema knows at a path, alternatives included. */
function keysAt(schema: unknown, path: TomlPath): readonly string[] {
  const node = asTable(schema);
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(asTable(node["properties"]));
  const named = asTable(node["properties"])[String(step)];
  const next = named ?? (typeof step === "number" ? node["items"] : node["additionalProperties"]);
  return keysAt(next, rest);
}
