/** A word as a POSIX shell reads it back, whatever is in it; bare only where every shell takes it as it stands. */
export function shellQuote(word: string): string {
  // NAME=value in front of a program would be taken for a variable.
  const isBare = /^(?![A-Za-z_]\w*=)[\w./:=@%+,-]+$/u.test(word);
  return isBare ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Words as one line of a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}
