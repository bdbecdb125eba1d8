import { defineLockTool } from "./lock-tool.ts";

/** https://pipenv.pypa.io/en/latest/commands.html#lock */
export const pipenv = defineLockTool({
  format: "Pipfile.lock",
  program: "pipenv",
  lockArguments: ({ python }) => ["lock", "--python", python],
  variables: (scratch) => ({
    PIPENV_YES: "1",
    PIPENV_NOSPIN: "1",
    PIPENV_IGNORE_VIRTUALENVS: "1",
    PIPENV_VENV_IN_PROJECT: "0",
    PIPENV_CACHE_DIR: `${scratch}/pipenv`,
    WORKON_HOME: `${scratch}/virtualenvs`,
  }),
  keepsVersions: false,
});
