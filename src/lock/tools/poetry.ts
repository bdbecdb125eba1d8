import { defineLockTool } from "./lock-tool.ts";

/** https://python-poetry.org/docs/cli/#lock: from 2.0 on versions are kept unless told otherwise, before it was the other way. */
export const poetry = defineLockTool({
  format: "poetry.lock",
  program: "poetry",
  lockArguments: ({ version, upgrade }) => {
    const isOld = /^[01]\./u.test(version);
    const how = isOld ? (upgrade ? [] : ["--no-update"]) : upgrade ? ["--regenerate"] : [];
    return ["lock", "--no-interaction", ...how];
  },
  variables: (scratch) => ({
    POETRY_CACHE_DIR: `${scratch}/poetry`,
    POETRY_VIRTUALENVS_PATH: `${scratch}/virtualenvs`,
    POETRY_VIRTUALENVS_IN_PROJECT: "false",
  }),
  keepsVersions: true,
});
