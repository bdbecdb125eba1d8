/** One verdict over many projects: each in a process of its own, some at a time, resumable.
 *  Whatever one project does, the others are looked at; why one failed is part of what is found. */
export { doJob } from "./do-job.ts";
export { readEntries, strangersAmong } from "./entries-file.ts";
export { listProjects } from "./project-list.ts";
export { surveyProjects } from "./survey-projects.ts";
