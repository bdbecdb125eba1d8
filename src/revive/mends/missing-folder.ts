import { posix } from "node:path";
import { insideRoom, isMachinePath, missingPath } from "../../diagnose/index.ts";
import { defineMend } from "../mend.ts";
import { isThere } from "./wrong-folder.ts";

const writes =
  /non-existent directory|\bsavefig\b|\bto_(?:csv|excel|json|pickle|parquet|html|latex|feather|hdf|stata|file)\b|\bsavez?(?:_compressed|txt|mat|_model|_weights)?\(|open\([^\n]*,\s*(?:mode\s*=\s*)?['"][wax]b?\+?t?['"]|\bmkdir\(|\bimwrite\b|\bimsave\b|\bdump\(|write_(?:text|bytes|csv|html|image|json|table)|unable to create file|FileHandler\(|Writer\(|\.save\(/u;

/** A folder for outputs, which Git does not keep while it is empty, and so nobody else has. */
export const missingFolder = defineMend({
  id: "missing-folder",
  apply({ attempt, failed }) {
    const said = `${failed.error?.message ?? ""}\n${failed.text}\n${failed.line}`;
    const named = missingPath(failed.error?.message ?? failed.text);
    if (named === null || !writes.test(said)) return null;
    const inside = insideRoom(named);
    if (inside === named && isMachinePath(named)) return null;
    const place = posix
      .normalize(inside === named ? posix.join(failed.folder, named) : inside)
      .replace(/\/$/u, "");
    const isFolder = /non-existent directory/u.test(said);
    const folder = isFolder ? place : posix.dirname(place);
    if (folder.startsWith("..") || folder === "." || isThere(failed.project, folder)) return null;
    if (attempt.folders.includes(folder)) return null;
    return {
      attempt: { ...attempt, folders: [...attempt.folders, folder] },
      action: `make the folder ${folder}/ (with a .gitkeep, so that Git keeps it)`,
      reason: `it writes ${named}, and the folder is not in the project: Git keeps no empty folders`,
      location: failed.place,
    };
  },
});
