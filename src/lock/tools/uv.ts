import { defineLockTool } from "./lock-tool.ts";

/** https://docs.astral.sh/uv/concepts/projects/sync/ */
export const uv = defineLockTool({
  format: "uv.lock",
  program: "uv",
  lockArguments: ({ upgrade, python }) => ["lock", "--python", python, ...(upgrade ? ["--upgrade"] : [])],
  variables: () => ({}),
  keepsVersions: true,
});
