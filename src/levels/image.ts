import path from "node:path";
import {
  imageName,
  imageParts,
  imageTop,
  loadImage,
  makeImage,
  nameFor,
  writeImageArchive,
  writeImageLayout,
  type BaseSource,
  type Engine,
  type Image,
} from "../artifacts/image/index.ts";
import { lockPlatforms, thisLockPlatform } from "../lock/index.ts";
import { ToolError, type Finding } from "../model/index.ts";
import { projectRoot } from "../project/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { temporaryDirectory } from "../system/index.ts";
import { refuseBrokenConfig } from "./broken-config.ts";
import { subjectBundle } from "./subject-bundle.ts";
import { imageDocuments } from "./image-documents.ts";
import { readSubject, type Subject } from "./subject.ts";

export interface ImageOptions {
  /** This machine's where null. */
  readonly platform: string | null;
  /** A file that ends in .tar, else a folder; a file in .rung/images/ where null. */
  readonly output: string | null;
  /** "name" or "name:tag"; the project's name where null. */
  readonly tag: string | null;
  readonly base: BaseSource | null;
  /** The folder where layers are kept between images; Rung's cache where left out. */
  readonly layers?: string;
  /** The engines of this machine that get it too. */
  readonly load: readonly Engine[];
  /** A bill of its packages and its provenance go along, as documents that refer to it. */
  readonly documents: boolean;
  readonly toolVersion: string;
  readonly allowBuilds: boolean;
  readonly progress: (message: string) => void;
}

/** An image that was written; without a digest where the errors among the findings say why it was not. */
export interface ProjectImage {
  readonly path: string | null;
  readonly tag: string;
  readonly platform: string;
  /** Of the manifest, and of the config ("image id"): "sha256:…". */
  /** Its Python's version; "" where it was not written. */
  readonly python: string;
  readonly digest: string | null;
  readonly configDigest: string | null;
  /** Of the file, or of the folder's files. */
  readonly bytes: number;
  readonly layers: readonly {
    readonly digest: string;
    readonly bytes: number;
    readonly what: string;
    /** Made before, and taken from the cache. */
    readonly reused: boolean;
  }[];
  readonly referrers: readonly { readonly digest: string; readonly artifactType: string }[];
  readonly findings: readonly Finding[];
}

/** Writes the image of the project in a folder. */
export async function imageProject(directory: string, options: ImageOptions): Promise<ProjectImage> {
  const store = openStore(projectRoot(directory));
  try {
    const subject = await readSubject(directory, store);
    refuseBrokenConfig(subject);
    return await imageSubject(subject, store, options);
  } finally {
    store.close();
  }
}

/** Writes the image of a project that has been read. Throws ToolError where there is nothing to run. */
export async function imageSubject(
  subject: Subject,
  store: Store,
  options: ImageOptions,
): Promise<ProjectImage> {
  const { progress, allowBuilds } = options;
  const platform =
    options.platform === null ? thisLockPlatform() : (lockPlatforms([options.platform])[0] ?? null);
  if (platform === null) {
    throw new ToolError("USAGE", "This machine's platform is none to make an image for", {
      hint: "Name one with --platform.",
    });
  }
  using work = temporaryDirectory("image");
  const workDirectory = work.path;
  const plan = await subjectBundle(subject, store, { platform, allowBuilds, progress, workDirectory });
  const { bundle, findings } = plan;
  const name = bundle?.manifest.name ?? subject.project.name;
  const tag = options.tag === null ? nameFor(name) : imageName(options.tag);
  if (bundle === null) {
    const nothing = { python: "", digest: null, configDigest: null, bytes: 0, layers: [], referrers: [] };
    return { path: null, tag, platform, ...nothing, findings };
  }
  using room = temporaryDirectory("environment");
  const image = await makeImage({
    parts: imageParts(bundle, { top: imageTop, workDirectory: room.path, progress }),
    platform,
    base: options.base,
    ...(options.layers === undefined ? {} : { cache: options.layers }),
    defaultCommand: bundle.manifest.defaultCommand,
    variables: [],
    facts: factsOf(subject),
    attach: options.documents
      ? (digest, base) =>
          imageDocuments({ subject, bundle, toolVersion: options.toolVersion, tag, digest, base })
      : () => [],
  });
  const output = path.resolve(
    options.output ?? path.join(store.directory, "images", `${name}-${platform}.oci.tar`),
  );
  progress(`writing ${output}`);
  const isArchive = output.endsWith(".tar");
  const bytes = (isArchive ? writeImageArchive : writeImageLayout)(image, output, tag);
  for (const engine of options.load) {
    progress(`handing it to ${engine}`);
    await loadImage(image, tag, engine, isArchive ? output : null);
  }
  const python = bundle.manifest.python.version;
  return { ...described(image), python, path: output, tag, platform, bytes, findings };
}

function factsOf({ project }: Subject): Parameters<typeof makeImage>[0]["facts"] {
  return {
    title: project.name,
    description: null,
    version: null,
    // In the provenance: two commits of one content are one image.
    revision: null,
    source: null,
    licenses: null,
    authors: null,
  };
}

function described({
  manifest,
  config,
  layers,
  referrers,
}: Image): Pick<ProjectImage, "digest" | "configDigest" | "layers" | "referrers"> {
  return {
    digest: manifest.descriptor.digest,
    configDigest: config.descriptor.digest,
    layers: layers.map(({ descriptor, what, reused }) => ({
      digest: descriptor.digest,
      bytes: descriptor.size,
      what,
      reused,
    })),
    referrers: referrers.map(({ descriptor }) => ({
      digest: descriptor.digest,
      artifactType: descriptor.artifactType ?? "",
    })),
  };
}
