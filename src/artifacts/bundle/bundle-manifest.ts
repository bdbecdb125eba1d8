/** bundle.json: what the launcher reads. Paths are relative to the bundle's top. */
export interface BundleManifest {
  readonly schemaVersion: 1;
  readonly name: string;
  /** "linux-x86_64" and the like. */
  readonly platform: string;
  readonly python: BundlePython;
  readonly commands: readonly BundleCommand[];
  /** The one that runs where none is named; null where several could be meant. */
  readonly defaultCommand: string | null;
  /** The declared variables: taken from the caller, else the default; a secret's value is never here. */
  readonly variables: readonly {
    readonly name: string;
    readonly default: string | null;
    readonly secret: boolean;
  }[];
  /** Wheels to install, by file name, in the order of their names. */
  readonly wheels: readonly string[];
  /** What runs notebooks: wheels in tools/, for the runner and for the kernel of a project that has none. */
  readonly tools: { readonly notebook: readonly string[]; readonly kernel: readonly string[] } | null;
  /** Of the wheels, the interpreter and the installer: says whether an environment made before still serves. */
  readonly environment: string;
}

export interface BundlePython {
  /** "3.11.7" */
  readonly version: string;
  readonly implementation: string;
  /** Where it came from: a managed standalone build, conda's, Debian's packages, or this machine's with its libraries. */
  readonly origin: "standalone" | "conda" | "debian" | "closure";
  /** The starter, such as "runtime/bin/python3.11". */
  readonly starter: string;
}

export interface BundleCommand {
  readonly name: string;
  readonly kind: "run" | "notebook" | "test";
  /** A shell line, or a notebook's path. */
  readonly run: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Commands whose outputs this one reads: they run before it. */
  readonly needs: readonly string[];
  readonly timeoutSeconds: number;
}
