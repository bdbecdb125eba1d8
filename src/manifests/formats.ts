import type { ManifestFormat } from "./manifest-format.ts";
import { anacondaProject } from "./anaconda-project/index.ts";
import { condaProject } from "./conda-project/index.ts";
import { dockerfile } from "./dockerfile/index.ts";
import { environmentYml } from "./environment-yml/index.ts";
import { mlproject } from "./mlproject/index.ts";
import { makefile } from "./makefile/index.ts";
import { pylock } from "./pylock/index.ts";
import { pyproject } from "./pyproject/index.ts";
import { pythonEnv } from "./python-env/index.ts";
import { pythonVersion } from "./python-version/index.ts";
import { readme } from "./readme/index.ts";
import { requirementsTxt } from "./requirements-txt/index.ts";
import { runtimeTxt } from "./runtime-txt/index.ts";
import { toolVersions } from "./tool-versions/index.ts";
import { uvLock } from "./uv-lock/index.ts";

/** Every format that can be read; the first whose `matches` accepts a path reads it. */
export const manifestFormats: readonly ManifestFormat[] = [
  requirementsTxt,
  pyproject,
  pylock,
  uvLock,
  pythonVersion,
  toolVersions,
  runtimeTxt,
  makefile,
  dockerfile,
  anacondaProject,
  condaProject,
  mlproject,
  pythonEnv,
  environmentYml,
  readme,
];
