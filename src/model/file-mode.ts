/**
 * Whether its owner may execute a file of these permission bits. That is all of a file's mode that Git and archives carry
 * on; the rest follows from the umask of whoever made the copy, so it is never compared.
 */
export function isExecutable(mode: number): boolean {
  return (mode & 0o100) !== 0;
}
