/** What FROM or `COPY --from=` names, in its parts. */
export interface ImageName {
  readonly name: string;
  /** Null where none is named: "latest" is taken. */
  readonly tag: string | null;
  /** "sha256:…"; null where none is named. */
  readonly digest: string | null;
}

/** Parts of an image's reference: `registry:5000/name:tag@sha256:…`. */
export function imageName(reference: string): ImageName {
  const at = reference.indexOf("@");
  const named = at === -1 ? reference : reference.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  return {
    name: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? null : named.slice(colon + 1),
    digest: at === -1 ? null : reference.slice(at + 1),
  };
}
