/** Findings about the code's habits, one file each: what is known to make two runs differ, or a reader stumble.
 *  Only what the facts of src/source say for certain; a practice never judges a level. */
export { findPractices } from "./find-practices.ts";
export { dockerfileFindings, dockerfilesOf } from "./dockerfile/find-in-dockerfiles.ts";
export { imagesToPin, mendDockerfile } from "./dockerfile/mend-dockerfile.ts";
export type { DockerfileContext } from "./dockerfile/dockerfile-practice.ts";
