import { makeFinding, type Finding, type Project } from "../../model/index.ts";
import { specManifests } from "../spec-files.ts";

/**
 * A requirements file in which some lines have hashes and others none: with the first hash pip asks for one of every
 * requirement, and installs nothing (pip's "Hash-checking Mode"). One finding per line without; a line with a marker counts for those alone whom it is for.
 */
export function halfHashed(project: Pick<Project, "manifests">): readonly Finding[] {
  return specManifests(project)
    .filter(({ format }) => format === "requirements.txt")
    .flatMap(({ requirements }) => {
      const bare = requirements.filter(({ hashes, marker }) => hashes.length === 0 && marker === null);
      return bare.length === requirements.length ? [] : bare;
    })
    .map(({ name, raw, location }) =>
      makeFinding("half-hashed", "error", `${name || raw.trim()} has no hash, and other requirements have`, {
        ...location,
        why: "With one hash in the file pip demands one of every requirement, and refuses to install the file.",
        fix: "Give every line its hashes (rung lock recovers them; rung export --format requirements writes them), or none.",
      }),
    );
}
