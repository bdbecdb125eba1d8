/** What a server wants to see (RFC 9110, section 11.6.1). */
export interface Challenge {
  /** In small letters: "basic", "bearer". */
  readonly scheme: string;
  /** By name in small letters. */
  readonly parameters: Readonly<Record<string, string>>;
}

const mostLetters = 8192;

/** The challenges of a WWW-Authenticate header, or of several that were joined by commas; what is none of it is left out. */
export function parseChallenges(header: string): readonly Challenge[] {
  const found: { scheme: string; parameters: Record<string, string> }[] = [];
  const text = header.slice(0, mostLetters);
  const token = /[\w!#$%&'*+.^`|~-]+/uy;
  const value = /\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))/uy;
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const name = token.exec(text)?.[0];
    if (name === undefined) {
      at += 1;
      continue;
    }
    at += name.length;
    value.lastIndex = at;
    const given = value.exec(text);
    if (given === null) found.push({ scheme: name.toLowerCase(), parameters: {} });
    else {
      at += given[0].length;
      const [, quoted, bare] = given;
      const current = found.at(-1);
      if (current !== undefined) {
        current.parameters[name.toLowerCase()] = quoted?.replaceAll(/\\(.)/gu, "$1") ?? bare ?? "";
      }
    }
  }
  return found;
}
