import type { DockerfileView } from "./dockerfile-view.ts";

/** An image of elsewhere that a Dockerfile builds on or copies from. */
export interface NamedImage {
  /** "FROM", "COPY --from" or "RUN --mount". */
  readonly by: string;
  /** Build arguments filled in. */
  readonly reference: string;
  /** Build arguments in it without a value. */
  readonly missing: readonly string[];
  readonly line: number;
}

/** The images that a Dockerfile takes from elsewhere: neither `scratch` nor its own stages. */
export function namedImages({ stages, instructions }: DockerfileView): readonly NamedImage[] {
  const names = new Set<string>(["scratch"]);
  const bases: NamedImage[] = [];
  for (const { base, missing, name, line } of stages) {
    const known = names.has(base.toLowerCase()) || (base === "" && missing.length === 0);
    if (!known) bases.push({ by: "FROM", reference: base, missing, line: line ?? 1 });
    if (name !== "") names.add(name);
  }
  const copied = instructions.flatMap(({ name, flags, line }) =>
    flags.flatMap((flag): NamedImage[] => {
      const mounted = /(?:^|,)from=([^,]+)/u.exec(flag.name === "mount" ? flag.value : "")?.[1];
      const reference = flag.name === "from" ? flag.value : (mounted ?? "");
      if (reference === "" || /^\d+$/u.test(reference) || reference.includes("$")) return [];
      return names.has(reference.toLowerCase())
        ? []
        : [{ by: `${name} --${flag.name}`, reference, missing: [], line }];
    }),
  );
  return [...bases, ...copied];
}
