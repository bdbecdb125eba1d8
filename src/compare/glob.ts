/**
 * Whether a glob matches a whole path. `**` as a folder matches any number of folders, `*` and `?` stay inside one name,
 * `[abc]`, `[a-z]` and `[!a]` are sets. Time is bounded by the product of both lengths whatever the pattern.
 */
export function matchesGlob(glob: string, path: string): boolean {
  return matchesAll(glob.split("/"), path.split("/"), (part) => part === "**", matchesName);
}

function matchesName(pattern: string, name: string): boolean {
  return matchesAll(tokensOf(pattern), [...name], (token) => token === "*", matchesCharacter);
}

/** Matches items in order; where `isAny` says so, a pattern stands for any number of them. */
function matchesAll(
  patterns: readonly string[],
  items: readonly string[],
  isAny: (pattern: string) => boolean,
  matches: (pattern: string, item: string) => boolean,
): boolean {
  let [at, item, retryAt, retryItem] = [0, 0, -1, 0];
  while (item < items.length) {
    const pattern = patterns[at];
    if (pattern !== undefined && isAny(pattern)) {
      [retryAt, retryItem] = [at, item];
      at += 1;
    } else if (pattern !== undefined && matches(pattern, items[item] ?? "")) {
      at += 1;
      item += 1;
    } else if (retryAt >= 0) {
      retryItem += 1;
      [at, item] = [retryAt + 1, retryItem];
    } else return false;
  }
  return patterns.slice(at).every(isAny);
}

function tokensOf(pattern: string): string[] {
  return (
    pattern.match(/\[!?\]?[^\]]*\]|[\s\S]/gu)?.map((token) => (/^\*+$/u.test(token) ? "*" : token)) ?? []
  );
}

function matchesCharacter(token: string, character: string): boolean {
  if (token === "?") return true;
  if (token.length < 3 || !token.startsWith("[")) return token === character;
  const negated = token[1] === "!";
  const members = Array.from(token.slice(negated ? 2 : 1, -1));
  let found = false;
  for (let index = 0; index < members.length; index += 1) {
    const [from = "", dash, to] = members.slice(index, index + 3);
    if (dash === "-" && to !== undefined) {
      found ||= from <= character && character <= to;
      index += 2;
    } else found ||= from === character;
  }
  return found !== negated;
}
