import { posix } from "node:path";
import { startFolder } from "../../diagnose/index.ts";
import { withCommand } from "../attempt.ts";
import { foldersThatHold } from "../own-modules.ts";
import { defineMend } from "../mend.ts";

/** A module of the project's own that lies in no folder where Python looks for it. */
export const importRoot = defineMend({
  id: "import-root",
  apply({ attempt, failed }) {
    const module = /No module named ['"]?([\w.]+)['"]?/u.exec(failed.text)?.[1];
    if (module === undefined) return null;
    const { command } = failed;
    const start = startFolder(command);
    const given = (command.env["PYTHONPATH"] ?? "").split(":").filter((entry) => entry !== "");
    const folder = foldersThatHold(failed.project, module).find((candidate) => {
      const entry = posix.relative(start, candidate) || ".";
      return !given.includes(entry);
    });
    if (folder === undefined) return null;
    const entry = posix.relative(start, folder) || ".";
    const env = { ...command.env, PYTHONPATH: [...given, entry].join(":") };
    return {
      attempt: withCommand(attempt, command.name, { env }),
      action: `put ${folder === "" ? "the project's folder" : `${folder}/`} on PYTHONPATH of ${command.name}`,
      reason: `it imports ${module}, which lies there`,
      location: failed.place,
    };
  },
});
