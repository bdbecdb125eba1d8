import { defineExport } from "./export-format.ts";

/** pylock.toml itself (PEP 751). */
export const pylock = defineExport({
  id: "pylock",
  fileName: "pylock.toml",
  wantsMetadata: false,
  write: ({ pylock: text }) => ({ text, findings: [] }),
});
