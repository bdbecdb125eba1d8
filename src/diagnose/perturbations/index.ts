import { clock } from "./clock.ts";
import { cpuCount } from "./cpu-count.ts";
import { cpuFeatures } from "./cpu-features.ts";
import { directoryOrder } from "./directory-order.ts";
import { entropy } from "./entropy.ts";
import { environment } from "./environment.ts";
import { fileTimes } from "./file-times.ts";
import { hashSeed } from "./hash-seed.ts";
import { home } from "./home.ts";
import { hostname } from "./hostname.ts";
import { inputChanged } from "./input-changed.ts";
import { locale } from "./locale.ts";
import { memoryAddress } from "./memory-address.ts";
import { network } from "./network.ts";
import { optimise } from "./optimise.ts";
import type { Perturbation } from "./perturbation.ts";
import { processId } from "./process-id.ts";
import { randomSeed } from "./random-seed.ts";
import { tempFolder } from "./temp-folder.ts";
import { terminal } from "./terminal.ts";
import { threads } from "./threads.ts";
import { timeZone } from "./time-zone.ts";
import { treePath } from "./tree-path.ts";
import { umask } from "./umask.ts";
import { user } from "./user.ts";
import { workingDirectory } from "./working-directory.ts";

/** All of them, the commonest causes first. A new one is one file and one line here. */
export const perturbations: readonly Perturbation[] = [
  randomSeed,
  entropy,
  hashSeed,
  clock,
  memoryAddress,
  threads,
  processId,
  tempFolder,
  inputChanged,
  directoryOrder,
  timeZone,
  locale,
  workingDirectory,
  treePath,
  home,
  user,
  hostname,
  environment,
  terminal,
  optimise,
  umask,
  cpuCount,
  cpuFeatures,
  fileTimes,
  network,
];
