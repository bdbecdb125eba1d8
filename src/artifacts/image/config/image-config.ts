import type { Layer } from "../layers/layer.ts";
import type { OciPlatform } from "../oci/descriptor.ts";

/** How a container of the image starts. */
export interface ImageStart {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  readonly workingDirectory: string;
  readonly volumes: readonly string[];
  /** "NAME=value". */
  readonly variables: readonly string[];
}

/** What the image takes over from the one that it stands on. */
export interface Inherited {
  readonly diffIds: readonly string[];
  readonly history: readonly Readonly<Record<string, unknown>>[];
  readonly variables: readonly string[];
}

/** An image's configuration (OCI image-spec v1.1, config.md). `created` is an RFC 3339 time. */
export function imageConfig(image: {
  readonly created: string;
  readonly platform: OciPlatform;
  readonly start: ImageStart;
  readonly labels: Readonly<Record<string, string>>;
  readonly layers: readonly Layer[];
  readonly base: Inherited | null;
}): Readonly<Record<string, unknown>> {
  const { created, platform, start, labels, layers, base } = image;
  const { architecture, os, variant } = platform;
  const own = layers.map(({ what }) => ({ created, created_by: `rung image: ${what}` }));
  return {
    created,
    architecture,
    ...(variant === undefined ? {} : { variant }),
    os,
    config: {
      User: start.user,
      Env: merged(base?.variables ?? [], start.variables),
      Entrypoint: start.entrypoint,
      ...(start.command.length === 0 ? {} : { Cmd: start.command }),
      ...(start.volumes.length === 0
        ? {}
        : { Volumes: Object.fromEntries(start.volumes.map((place) => [place, {}])) }),
      WorkingDir: start.workingDirectory,
      Labels: labels,
    },
    rootfs: { type: "layers", diff_ids: [...(base?.diffIds ?? []), ...layers.map(({ diffId }) => diffId)] },
    history: [...(base?.history ?? []), ...own],
  };
}

/** The later one of two with one name counts. */
function merged(below: readonly string[], own: readonly string[]): readonly string[] {
  const nameOf = (line: string): string => line.slice(0, line.indexOf("="));
  const names = new Set(own.map(nameOf));
  return [...below.filter((line) => !names.has(nameOf(line))), ...own];
}
