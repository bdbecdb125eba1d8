/** An image to run; paths are absolute. */
export interface EngineImage {
  /** An archive that podman and Docker load. */
  readonly archive: string;
  /** The image's id: the digest of its config, "sha256:…". */
  readonly id: string;
  /** Its unpacked file system, made when it is first asked for. */
  rootfs(): Promise<string>;
}

/** One process in a container: no network, a read-only root, an empty /tmp, none of root's powers. */
export interface ContainerProcess {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** "UID:GID" */
  readonly user: string;
  readonly binds: readonly { readonly from: string; readonly to: string; readonly writable: boolean }[];
}

export interface LoadedImage extends AsyncDisposable {
  /** The process of this machine that runs the container to its end; `scratch` is an empty folder of the caller's. */
  start(
    container: ContainerProcess,
    scratch: string,
  ): { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> };
}

/** A way to run containers. `load` gives why it cannot where it cannot. */
export interface ContainerEngine {
  readonly id: "podman" | "docker" | "runc" | "crun";
  load(image: EngineImage, program: string, scratch: string): Promise<LoadedImage | string>;
}
