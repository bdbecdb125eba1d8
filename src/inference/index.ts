/** From imports, calls and install lines to the distributions that they need, and to what of an environment is used.
 *  What is ambiguous is said, never guessed in silence. */
export {};
