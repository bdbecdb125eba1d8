import type { ManifestFormat } from "./manifest-format.ts";
import { anacondaProjectLock } from "./anaconda-project-lock/index.ts";
import { condaExplicit } from "./conda-explicit/index.ts";
import { condaLock } from "./conda-lock/index.ts";
import { anacondaProject } from "./anaconda-project/index.ts";
import { condaProject } from "./conda-project/index.ts";
import { aptTxt } from "./apt-txt/index.ts";
import { binderScripts } from "./binder/index.ts";
import { devcontainer } from "./devcontainer/index.ts";
import { dvcYaml } from "./dvc-yaml/index.ts";
import { dockerfile } from "./dockerfile/index.ts";
import { environmentYml } from "./environment-yml/index.ts";
import { justfile } from "./justfile/index.ts";
import { mlproject } from "./mlproject/index.ts";
import { makefile } from "./makefile/index.ts";
import { pdmLock } from "./pdm-lock/index.ts";
import { pipfileLock } from "./pipfile-lock/index.ts";
import { pixiLock } from "./pixi-lock/index.ts";
import { poetryLock } from "./poetry-lock/index.ts";
import { pixi } from "./pixi/index.ts";
import { pylock } from "./pylock/index.ts";
import { pyproject } from "./pyproject/index.ts";
import { pythonEnv } from "./python-env/index.ts";
import { pythonVersion } from "./python-version/index.ts";
import { readme } from "./readme/index.ts";
import { requirementsTxt } from "./requirements-txt/index.ts";
import { runtimeTxt } from "./runtime-txt/index.ts";
import { snakefile } from "./snakefile/index.ts";
import { toolVersions } from "./tool-versions/index.ts";
import { uvLock } from "./uv-lock/index.ts";
import { noxfile } from "./noxfile/index.ts";
import { pipfile } from "./pipfile/index.ts";
import { setupCfg } from "./setup-cfg/index.ts";
import { setupPy } from "./setup-py/index.ts";
import { tox } from "./tox/index.ts";

/** Every format that can be read; the first whose `matches` accepts a path reads it. */
export const manifestFormats: readonly ManifestFormat[] = [
  requirementsTxt,
  pyproject,
  setupCfg,
  setupPy,
  pipfile,
  pylock,
  uvLock,
  poetryLock,
  pdmLock,
  pipfileLock,
  condaLock,
  pixiLock,
  anacondaProjectLock,
  condaExplicit,
  pythonVersion,
  toolVersions,
  runtimeTxt,
  makefile,
  dockerfile,
  tox,
  noxfile,
  devcontainer,
  anacondaProject,
  condaProject,
  mlproject,
  dvcYaml,
  snakefile,
  justfile,
  aptTxt,
  binderScripts,
  pixi,
  pythonEnv,
  environmentYml,
  readme,
];
