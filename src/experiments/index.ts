/** A project's command run again under chosen conditions: are its outputs the same, and if not, why?
 *  Composes what the rooms below do; each operation returns data. */
export {};
