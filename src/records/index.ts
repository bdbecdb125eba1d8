/** Runs kept and compared, and handed to other tools in their formats.
 *  Everything here is made from records alone: nothing is run. */
export {};
