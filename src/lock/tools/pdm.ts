import { defineLockTool } from "./lock-tool.ts";

/** https://pdm-project.org/en/latest/usage/lockfile/ */
export const pdm = defineLockTool({
  format: "pdm.lock",
  program: "pdm",
  lockArguments: ({ upgrade }) => ["lock", ...(upgrade ? [] : ["--update-reuse"])],
  variables: (scratch) => ({
    PDM_CHECK_UPDATE: "false",
    PDM_CACHE_DIR: `${scratch}/pdm`,
    PDM_LOG_DIR: `${scratch}/log`,
    PDM_IGNORE_SAVED_PYTHON: "1",
  }),
  keepsVersions: true,
});
