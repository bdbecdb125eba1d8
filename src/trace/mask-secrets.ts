const secretName = /(?:passw(?:or)?d|passphrase|token|secret|api[-_]?key|credential|private[-_]?key)/iu;

/** The words of a command line with what looks like a secret's value taken out: `--token=x`, `--password x`, `A_KEY=x`,
 *  and passwords in addresses. */
export function maskSecrets(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? "";
    if (/^--?[\w-]+$/u.test(before) && secretName.test(before) && !word.startsWith("-")) return "***";
    const equals = word.indexOf("=");
    const name = equals > 0 ? word.slice(0, equals) : "";
    if (/^[\w-]{1,80}$/u.test(name) && secretName.test(name)) return `${name}=***`;
    return word.replace(/(:\/\/[^\s/:@]{0,200}):[^\s/@]{1,200}@/u, "$1:***@");
  });
}
