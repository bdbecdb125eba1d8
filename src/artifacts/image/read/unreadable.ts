import { ToolError } from "../../../model/index.ts";

/** For an image that cannot be read: something is missing, wrong, or of a kind that is not known here. */
export function unreadableImage(name: string, reason: string, cause?: unknown): ToolError {
  return new ToolError("IMAGE_UNREADABLE", `${name} cannot be read as an image: ${reason}`, {
    hint: "Fetch or save it again; OCI layouts, their archives, and what docker save writes can be read.",
    cause,
  });
}
