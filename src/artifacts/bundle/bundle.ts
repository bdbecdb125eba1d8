import type { LockPlatform } from "../../lock/index.ts";
import type { Finding } from "../../model/index.ts";
import type { Part } from "../tree/member.ts";
import type { BundleManifest } from "./bundle-manifest.ts";

/**
 * All that a command needs but a kernel, as parts: a pack is these in one archive, an image these as layers. Below one
 * top folder lie
 *   run             the launcher (POSIX shell)               part "launcher"
 *   bundle.json     what is here, and how it is started      part "launcher"
 *   runtime/        interpreter, standard library, loader, shared libraries, programs    part "runtime"
 *   wheels/         the locked artifacts, as wheels          part "wheels" (packs)
 *   env/            those installed                          part "dependencies" (images; packs make it on first use)
 *   tools/          what runs notebooks                      part "tools", where a command is a notebook
 *   project/        the project's files                      part "project"
 */
export interface Bundle {
  readonly manifest: BundleManifest;
  readonly platform: LockPlatform;
  /** What is installed of the lock, by file. */
  readonly packages: readonly BundlePackage[];
  /** In the order in which they change: the least often changed first. */
  readonly parts: readonly Part[];
  /** Errors among them are what keeps the bundle from being complete. */
  readonly findings: readonly Finding[];
}

export interface BundlePackage {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** Hex. */
  readonly sha256: string;
}
