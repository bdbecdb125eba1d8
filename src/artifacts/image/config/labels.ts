/** What is told of an image, each in the annotation of the OCI image-spec (annotations.md); null where it is not known. */
export interface ImageFacts {
  readonly title: string;
  readonly description: string | null;
  readonly version: string | null;
  /** The commit. */
  readonly revision: string | null;
  /** Where the code is, a URL. */
  readonly source: string | null;
  readonly licenses: string | null;
  readonly authors: string | null;
  readonly baseName: string | null;
  readonly baseDigest: string | null;
}

const names: Readonly<Record<keyof ImageFacts, string>> = {
  authors: "authors",
  baseDigest: "base.digest",
  baseName: "base.name",
  description: "description",
  licenses: "licenses",
  revision: "revision",
  source: "source",
  title: "title",
  version: "version",
};

/** Labels of the config and annotations of the manifest, in the order of their names. */
export function ociLabels(facts: ImageFacts, created: string): Readonly<Record<string, string>> {
  const all: [string, string | null][] = (Object.keys(names) as (keyof ImageFacts)[]).map((key) => [
    names[key],
    facts[key],
  ]);
  const told = [...all, ["created", created] as const].flatMap(([name, value]) =>
    value === null ? [] : ([[`org.opencontainers.image.${name}`, value]] as const),
  );
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}
