import { makeFinding } from "../../../model/index.ts";
import { defineDockerfilePractice } from "../dockerfile-practice.ts";
import { imageName } from "../image-reference.ts";
import { namedImages, type NamedImage } from "../named-images.ts";

const rules = ["base-latest", "base-without-digest"] as const;

/** An image by its tag, which its owner moves, rather than by its digest. */
export const unpinnedBase = defineDockerfilePractice({
  rules,
  title: "the image that is built on may be another one tomorrow",
  find: (file) =>
    namedImages(file).flatMap((image) => {
      const { tag, digest } = imageName(image.reference);
      if (digest !== null) return [];
      const latest = image.missing.length === 0 && (tag === null || tag === "latest");
      return [
        makeFinding(latest ? rules[0] : rules[1], "warning", messageOf(image, tag), {
          file: file.path,
          line: image.line,
          why: "A tag is moved to newer images as they come out, and old ones are deleted: the same file builds something else, or nothing.",
          fix:
            image.missing.length > 0
              ? `Give ${image.missing.join(", ")} a default before FROM that names the image by its digest.`
              : `Name the digest too: ${image.reference}${tag === null ? ":TAG" : ""}@sha256:… (skopeo inspect --format '{{.Digest}}' docker://${image.reference}).`,
        }),
      ];
    }),
});

function messageOf({ by, reference, missing }: NamedImage, tag: string | null): string {
  if (missing.length > 0) return `${by} takes the image that ${missing.join(", ")} names at build time`;
  if (tag === null) return `${by} ${reference} names no tag: the latest image is taken`;
  return tag === "latest"
    ? `${by} ${reference} is whatever image is the latest`
    : `${by} ${reference} is named by a tag, not by a digest`;
}
