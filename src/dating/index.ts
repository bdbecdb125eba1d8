/** Which day a project belongs to, which Python was current then, and the versions that were on the index that day.
 *  Steps back from removed APIs, and relaxes pins that no usable wheel serves; each step is said. */
export {};
