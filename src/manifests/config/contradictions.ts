import { makeFinding, type Config, type Finding, type VariableConfig } from "../../model/index.ts";
import { pythonSpecifier } from "../requirement/python-specifier.ts";
import { durationSeconds } from "./commands-from-config.ts";
import { nearest } from "./nearest.ts";
import type { ConfigPositions } from "./positions.ts";

/** What a schema cannot say: each command is one kind of thing, and what it names exists. */
export function contradictions(config: Config, positions: ConfigPositions): readonly Finding[] {
  const findings: Finding[] = [];
  const names = Object.keys(config.commands);
  const report = (rule: string, at: readonly string[], message: string, fix?: string): void => {
    const place = { file: positions.file, line: positions.lineOf(at) };
    findings.push(makeFinding(rule, "error", message, fix === undefined ? place : { ...place, fix }));
  };
  for (const [name, command] of Object.entries(config.commands)) {
    const at = ["commands", name];
    const kinds = [command.run, command.notebook, command.test].filter((line) => line !== undefined);
    if (kinds.length !== 1)
      report("config-invalid", at, `${at.join(".")} needs one of run, notebook or test`);
    if (durationSeconds(command.timeout) <= 0) {
      report("config-invalid", [...at, "timeout"], `${at.join(".")} has no time to run`);
    }
    if (kinds[0]?.trim() === "") report("config-invalid", at, `${at.join(".")} runs nothing`);
    for (const [key, named] of [
      ...command.needs.map((need) => ["needs", need]),
      ["fallback", command.fallback],
    ]) {
      if (key === undefined || named === undefined) continue;
      const base = named.split("@")[0] ?? "";
      const scenario = named.slice(base.length + 1);
      const target = Object.hasOwn(config.commands, base) ? config.commands[base] : undefined;
      if (target !== undefined && (scenario === "" || Object.hasOwn(target.scenarios, scenario))) continue;
      const meant = nearest(named, names);
      const fix = meant === null ? `the commands are ${names.join(", ")}` : `did you mean "${meant}"?`;
      report(
        "config-unknown-command",
        [...at, key],
        `${at.join(".")} names "${named}", which is no command`,
        fix,
      );
    }
    if (command.notebook !== undefined) {
      for (const [scenario, { args }] of Object.entries(command.scenarios)) {
        if (args === "") continue;
        report(
          "config-invalid",
          [...at, "scenarios", scenario, "args"],
          "a notebook takes no arguments, only env",
        );
      }
    }
    if (reaches(config, name)) report("config-invalid", [...at, "needs"], `${at.join(".")} needs itself`);
  }
  for (const [name, { default: value, type, secret }] of Object.entries(config.variables)) {
    if (value === undefined) continue;
    const at = ["variables", name];
    if (!isOfType(value, type)) {
      report("config-invalid", [...at, "default"], `${at.join(".")}: its default is no ${type}`);
    }
    if (secret) {
      const message = `${at.join(".")} is secret, and its default would be handed to others`;
      report(
        "config-invalid",
        [...at, "default"],
        message,
        "take the default away; set it where you run rung",
      );
    }
  }
  if (config.python !== undefined && pythonSpecifier(config.python) === null) {
    report("config-invalid", ["python"], `python: "${config.python}" names no version`, 'write it as "3.12"');
  }
  for (const at of placesWithNul(config)) {
    report("config-invalid", at, `${at.join(".")} holds a NUL, which no program can be given`, "take it out");
  }
  return findings;
}

/** Where a text of the config, or one of its keys, holds a NUL. */
function placesWithNul(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === "string") return value.includes("\0") ? [at] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key.includes("\0") ? [at] : placesWithNul(inner, [...at, key]),
  );
}

function isOfType(value: string | number | boolean, type: VariableConfig["type"]): boolean {
  if (type === "int") return Number.isInteger(value);
  if (type === "float") return typeof value === "number";
  if (type === "bool") return typeof value === "boolean";
  // Any value has a text, and a type that is left out is that of text.
  return type === "string" || typeof value === "string";
}

/** Whether following `needs` from a command leads back to it. */
function reaches(config: Config, start: string): boolean {
  const seen = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const command = Object.hasOwn(config.commands, name) ? config.commands[name] : undefined;
    for (const need of command?.needs ?? []) {
      const base = need.split("@")[0] ?? "";
      if (base === start) return true;
      if (!seen.has(base)) waiting.push(base);
      seen.add(base);
    }
  }
  return false;
}
