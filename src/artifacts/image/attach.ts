import type { Attachment, Referrer } from "./image.ts";
import { bytesBlob, jsonBlob, type Blob } from "./oci/blob.ts";
import { mediaTypes } from "./oci/descriptor.ts";

/** A manifest that says of another "this is about it" (OCI image-spec v1.1, manifest.md: subject, artifactType). */
export function referrer(
  subject: Blob,
  { mediaType, fileName, text }: Attachment,
  created: string,
): Referrer {
  const empty = bytesBlob(mediaTypes.empty, Buffer.from("{}"));
  const document = bytesBlob(mediaType, Buffer.from(text));
  const manifest = jsonBlob(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: mediaType,
    config: { ...empty.descriptor, data: "e30=" },
    layers: [{ ...document.descriptor, annotations: { "org.opencontainers.image.title": fileName } }],
    subject: subject.descriptor,
    annotations: { "org.opencontainers.image.created": created },
  });
  return {
    descriptor: { ...manifest.descriptor, artifactType: mediaType },
    blobs: [empty, document, manifest],
  };
}
