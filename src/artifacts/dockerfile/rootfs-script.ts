import { linkTarget } from "../archive/archive-entry.ts";
import type { Member } from "../tree/member.ts";

/**
 * A Python program that makes these members below `/` and below each folder that it is given: a pack is unpacked by
 * programs that change modes and owners, and refuse links out of it.
 */
export function rootfsScript(members: readonly Member[]): string {
  const rows = members.map(({ path, kind, mode, owner = 0, content }) => {
    const text =
      kind === "symlink"
        ? linkTarget(content).toString("utf8")
        : content !== null && "bytes" in content
          ? content.bytes.toString("utf8")
          : "";
    return `    (${[kind, path].map((word) => JSON.stringify(word)).join(", ")}, 0o${mode.toString(8)}, ${owner}, ${JSON.stringify(text)}),\n`;
  });
  return `# Makes what the image has at its root beside /app: a shell, the folders of libraries, users, /tmp and /out.
# The Dockerfile calls it; it has no other use.
import os
import sys

# Kind, path, mode, owner, and the content or target.
MEMBERS = [
${rows.join("")}]

for root in ["/"] + sys.argv[1:]:
    for kind, path, mode, owner, text in MEMBERS:
        at = os.path.join(root, path)
        os.makedirs(os.path.dirname(at), mode=0o755, exist_ok=True)
        if kind == "symlink":
            # A link may stand there already: on some engines every build has /etc and its like.
            if not os.path.lexists(at):
                os.symlink(text, at)
            continue
        if kind == "directory":
            os.makedirs(at, exist_ok=True)
        else:
            with open(at, "w") as file:
                file.write(text)
        os.chmod(at, mode)
        os.chown(at, owner, owner)
`;
}
