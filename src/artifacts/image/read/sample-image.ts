/** Images for tests, made member by member: so that they can say what no honest tool would. */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { sumOf } from "../../archive/tar-header.ts";
import { mediaTypes } from "../oci/descriptor.ts";

/** A member as a tar states it; a file where nothing else is said. */
export interface Stated {
  readonly name: string;
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly link?: string;
  readonly mode?: number;
  readonly size?: number;
  readonly user?: number;
}

const sha = (bytes: Buffer): string => `sha256:${crypto.createHash("sha256").update(bytes).digest("hex")}`;

export function tarOf(members: readonly Stated[]): Buffer {
  const blocks = members.flatMap(
    ({ name, type = "0", content = "", link = "", mode = 0o644, size, user = 0 }) => {
      const body = Buffer.from(content);
      const header = Buffer.alloc(512);
      header.write(name, 0, 100);
      header.write(`${mode.toString(8).padStart(7, "0")}\0`, 100);
      header.write(`${user.toString(8).padStart(7, "0")}\0${user.toString(8).padStart(7, "0")}\0`, 108);
      header.write(`${(size ?? body.length).toString(8).padStart(11, "0")}\0`, 124);
      header.write("07346545000\0", 136);
      header.write("        ", 148);
      header.write(type, 156);
      header.write(link, 157, 100);
      header.write("ustar\u000000", 257, "latin1");
      header.write(`${sumOf(header).toString(8).padStart(6, "0")}\0 `, 148);
      return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
    },
  );
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export interface SampleImage {
  /** Their members, or their bytes. */
  readonly layers: readonly (readonly Stated[] | Buffer)[];
  readonly gzip?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Changes what is written, the layers' blobs apart; digests of what lies below are made after it. */
  readonly change?: {
    readonly config?: (config: Record<string, unknown>) => unknown;
    readonly manifest?: (manifest: Manifest) => unknown;
    readonly index?: (index: Record<string, unknown>) => unknown;
  };
}

interface Manifest extends Record<string, unknown> {
  layers: { mediaType: string; digest: string; size: number }[];
}

/** Writes an OCI layout; gives the folder. */
export function writeSample(
  folder: string,
  { layers, gzip = false, config = {}, change = {} }: SampleImage,
): string {
  const blobs = path.join(folder, "blobs/sha256");
  fs.mkdirSync(blobs, { recursive: true });
  const put = (bytes: Buffer, mediaType: string) => {
    const digest = sha(bytes);
    fs.writeFileSync(path.join(blobs, digest.slice(7)), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const json = (value: unknown): Buffer =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
  const tars = layers.map((layer) => (Buffer.isBuffer(layer) ? layer : tarOf(layer)));
  const described = tars.map((tar) =>
    gzip ? put(zlib.gzipSync(tar), `${mediaTypes.layer}+gzip`) : put(tar, mediaTypes.layer),
  );
  const whole = {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config: {},
    rootfs: { type: "layers", diff_ids: tars.map(sha) },
    history: layers.map((_, at) => ({ created_by: `layer ${at + 1}` })),
    ...config,
  };
  const configBlob = put(json(change.config?.(whole) ?? whole), mediaTypes.config);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: configBlob,
    layers: described,
  };
  const manifestBlob = put(json(change.manifest?.(manifest) ?? manifest), mediaTypes.manifest);
  const index = { schemaVersion: 2, manifests: [manifestBlob] };
  fs.writeFileSync(path.join(folder, "index.json"), json(change.index?.(index) ?? index));
  fs.writeFileSync(path.join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  return folder;
}
