/**
 * The line of the first place of a part of a text at or below a line; that line where there is none. It is looked for:
 * readers that keep positions are several times slower on large locks.
 */
export function lineFinder(text: string): (part: string, from: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return (part, from) => {
    const found = part === "" ? -1 : text.indexOf(part, starts[from - 1] ?? 0);
    return found === -1 ? from : lineAt(found);
  };
}
