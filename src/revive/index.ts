/** A project that no longer runs, brought back: infer, resolve, run in the clean room, read the failure, mend, again.
 *  Changes the environment and rung.toml, never the user's code. */
export {};
