import type { DockerfilePractice } from "./dockerfile-practice.ts";
import { secretInLayer } from "./kinds/secret-in-layer.ts";
import { uncheckedDownload } from "./kinds/unchecked-download.ts";
import { unpinnedBase } from "./kinds/unpinned-base.ts";
import { unpinnedInstall } from "./kinds/unpinned-install.ts";

/** All that is looked for in a Dockerfile, in the order in which it is shown. */
export const dockerfilePractices: readonly DockerfilePractice[] = [
  secretInLayer,
  unpinnedBase,
  unpinnedInstall,
  uncheckedDownload,
];
