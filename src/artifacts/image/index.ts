/** An OCI image written straight from a bundle's parts, with no container engine; and other people's images read,
 *  unpacked and compared. Reading takes every image for hostile. */
export { imageParts } from "./environment/environment-part.ts";
export { imageTop } from "./config/image-start.ts";
export { makeImage } from "./make-image.ts";
export type { Attachment, Image } from "./image.ts";
export { engines, loadImage } from "./output/load-image.ts";
export type { Engine } from "./output/load-image.ts";
export { imageName, nameFor } from "./output/image-name.ts";
export { writeImageArchive, writeImageLayout } from "./output/write-image.ts";
export { debianBase } from "./base/debian/debian-base.ts";
export type { BaseSource } from "./base/base-image.ts";
export { openImage } from "./read/open-image.ts";
export type { StoredImage } from "./read/stored-image.ts";
export { unpackImage } from "./read/unpack-image.ts";
export { diffImages } from "./diff/diff-images.ts";
export type { ImageDifference, LayerDifference } from "./diff/diff-images.ts";
export { pullImage } from "./registry/pull/pull-image.ts";
export { pushImage } from "./registry/push/push-image.ts";
export { parseReference, referenceText } from "./registry/reference.ts";
export { imageBase } from "./registry/pull/image-base.ts";
export { parsePlatform } from "./config/platform.ts";
export { tagDigest } from "./registry/pull/tag-digest.ts";
