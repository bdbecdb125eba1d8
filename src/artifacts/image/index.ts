/** An OCI image written straight from a bundle's parts, with no container engine; and other people's images read,
 *  unpacked and compared. Reading takes every image for hostile. */
export { makeImage } from "./make-image.ts";
export type { ImageRequest } from "./make-image.ts";
export type { Attachment, Image } from "./image.ts";
export { writeImageArchive, writeImageLayout } from "./output/write-image.ts";
export type { BaseImage, BaseSource } from "./base/base-image.ts";
