import type { Change } from "../../model/index.ts";
import { viewDockerfile } from "./dockerfile-view.ts";
import { imageName } from "./image-reference.ts";
import { namedImages } from "./named-images.ts";
import { pinInstalls, type PinVersions } from "./pin-installs.ts";

export interface KnownPins extends PinVersions {
  /** Digests ("sha256:…") by reference, as `imagesToPin` names them. */
  readonly digests: ReadonlyMap<string, string>;
}

/** The images that a Dockerfile names by a tag, in full on one line: those that a digest can be written behind. */
export function imagesToPin(text: string): readonly string[] {
  const lines = text.split("\n");
  const open = namedImages(viewDockerfile("", text)).filter(
    ({ reference, missing, line }) =>
      missing.length === 0 &&
      imageName(reference).digest === null &&
      placeIn(lines[line - 1] ?? "", reference) !== null,
  );
  return [...new Set(open.map(({ reference }) => reference))];
}

/**
 * The Dockerfile with the digests of its images and the versions of the project's lock, as far as they are known; null
 * where nothing changes. All else stays byte for byte.
 */
export function mendDockerfile(path: string, text: string, { digests, versions }: KnownPins): Change | null {
  const lines = text.split("\n");
  for (const { reference, line } of namedImages(viewDockerfile(path, text))) {
    const said = lines[line - 1] ?? "";
    const end = placeIn(said, reference);
    const digest = digests.get(reference);
    if (end !== null && digest !== undefined) {
      lines[line - 1] = `${said.slice(0, end)}@${digest}${said.slice(end)}`;
    }
  }
  const after = pinInstalls(path, lines.join("\n"), { versions });
  return after === text
    ? null
    : { path, before: text, after, why: "the image is built on today's base, with the versions of the lock" };
}

/** Where the one mention of a reference ends in a line; null where it has none or several. */
function placeIn(line: string, reference: string): number | null {
  const ends = [...line.matchAll(/[^\s=,]+/gu)]
    .filter(([word]) => word === reference)
    .map(({ index }) => index + reference.length);
  return ends.length === 1 ? (ends[0] ?? null) : null;
}
