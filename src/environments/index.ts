/** From a spec or a lock to a real environment: interpreters, uv, engines, and a cache keyed by what went in.
 *  An environment is entered by its binDirectory on PATH; none is taken for finished before it is. */
export { engines } from "./engines/index.ts";
export { environmentFromLock } from "./from-lock.ts";
export { environmentFromPins } from "./from-pins.ts";
export { environmentFromRequirements } from "./from-requirements.ts";
export { fetchIndexPage } from "./index-pages/page.ts";
export type { IndexFile } from "./index-pages/page.ts";
export { indexSettings } from "./index-pages/settings.ts";
export { installedDistributions } from "./installed-distributions.ts";
export { fetchFileMetadata } from "./index-pages/file-metadata.ts";
export type { DistributionMetadata, InstalledDistribution } from "./installed-distributions.ts";
export { sitePackagesOf } from "./installed-packages.ts";
export { explainInstallFailure } from "./install-failure.ts";
export type { NamedPackage } from "./install-failure.ts";
export { chooseInterpreter } from "./interpreters/choose.ts";
export { listInterpreters } from "./interpreters/list.ts";
export { kernelPython } from "./kernel-python.ts";
export { releaseMetadata } from "./old-metadata/mend.ts";
export { tellsOfMetadata, withMends } from "./old-metadata/with-mends.ts";
export { bareEnvironment, environmentIn, ownEnvironment } from "./own-environment.ts";
export { overriddenNames, settingsFor } from "./owner-settings.ts";
export type { Progress } from "./progress.ts";
export { kernelOverlay, toolEnvironment } from "./tool-environments.ts";
export { findUv } from "./uv/find-uv.ts";
export { buildsLocalCode } from "./requirement-texts.ts";
export { foldersElsewhere, foldersOf, runUv } from "./uv/run-uv.ts";
export type { BuildNeeds, Confine } from "./uv/run-uv.ts";
export { satisfiesSpecifier } from "../manifests/index.ts";
