/** One verdict over many projects: bounded in parallel, resumable, one line each. */
export {};
