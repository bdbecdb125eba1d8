import path from "node:path";
import type { Environment, Interpreter } from "../model/index.ts";
import { temporaryDirectory, writeScratch } from "../system/index.ts";
import type { Engine } from "./engines/engine.ts";
import { indexSettings } from "./index-pages/settings.ts";
import type { Progress } from "./progress.ts";
import { realise } from "./realise.ts";
import type { Confine } from "./uv/run-uv.ts";

export interface PinsRequest {
  /** A requirements file that names every package by version: nothing is resolved, and nothing else is installed. */
  readonly pins: string;
  readonly interpreter: Interpreter;
  readonly engine?: Engine["id"];
  /** Distributions that may be built from source; all others must have a wheel. None where left out. */
  readonly builds?: readonly string[];
  /** Builds run only under confinement: give it with `builds`. */
  readonly confine?: Confine | undefined;
  readonly description?: string;
}

/**
 * An environment of exactly these pins, from wheels. Throws ToolError ENVIRONMENT_FAILED (explainInstallFailure tells of
 * what) or NETWORK_UNAVAILABLE.
 */
export async function environmentFromPins(request: PinsRequest, progress: Progress): Promise<Environment> {
  const { pins, interpreter, builds = [], confine } = request;
  const names = pins.split("\n").flatMap((line) => /^([A-Za-z0-9][\w.-]*)/u.exec(line)?.[1] ?? []);
  const onlyWheels =
    builds.length === 0
      ? ["--only-binary", ":all:"]
      : names.flatMap((name) => (builds.includes(name) ? [] : ["--only-binary", name]));
  using room = temporaryDirectory("pins");
  const file = path.join(room.path, "requirements.txt");
  writeScratch(file, pins, 0o600);
  return await realise(
    {
      source: "spec",
      description: request.description ?? `made from ${names.length} pins`,
      interpreter,
      engine: request.engine ?? "uv",
      ingredients: ["pins", pins, indexSettings().indexUrl, ...builds],
      install:
        names.length === 0 ? null : ["pip", "install", "--no-deps", ...onlyWheels, "--requirements", file],
      cwd: room.path,
      confine,
      reads: [room.path],
    },
    progress,
  );
}
