import { environmentFromRequirements, type Progress } from "../environments/index.ts";
import type { Environment, Finding, Interpreter, Location } from "../model/index.ts";
import { temporaryDirectory, writeScratch } from "../system/index.ts";

export interface Bound {
  readonly distribution: string;
  readonly specifier: string;
  readonly reason: string;
}

export function boundFromFailure(text: string, pins: ReadonlyMap<string, string>): Bound | null {
  if (/has no attribute 'append'/u.test(text) && pins.has("pandas"))
    return { distribution: "pandas", specifier: "<2", reason: "DataFrame.append was removed in pandas 2.0" };
  return null;
}

export async function resolveAsOf(
  request: {
    readonly requirements: readonly { readonly text: string; readonly location: Location }[];
    readonly bounds: readonly Bound[];
    readonly date: string | null;
    readonly pythons: readonly Interpreter[];
    readonly allowBuilds: boolean;
  },
  progress: Progress,
): Promise<{
  python: Interpreter;
  pins: ReadonlyMap<string, string>;
  findings: readonly Finding[];
  environment: Environment;
}> {
  using room = temporaryDirectory("stub");
  const lines = [
    ...request.requirements.map(({ text }) => text),
    ...request.bounds
      .filter((bound) => bound.distribution !== "python")
      .map((bound) => `${bound.distribution}${bound.specifier}`),
  ];
  writeScratch(`${room.path}/requirements.txt`, `${lines.join("\n")}\n`);
  const [interpreter] = request.pythons;
  if (interpreter === undefined) throw new Error("no python");
  const environment = await environmentFromRequirements(
    {
      root: room.path,
      files: lines.length === 0 ? [] : ["requirements.txt"],
      interpreter,
      ...(request.date === null ? {} : { excludeNewer: request.date }),
    },
    progress,
  );
  return {
    python: interpreter,
    pins: new Map(Object.entries(environment.packages)),
    findings: [],
    environment,
  };
}
