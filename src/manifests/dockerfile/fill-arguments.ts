/**
 * A word with the build arguments filled in, as FROM has it: `$V`, `${V}`, `${V:-word}`, `${V:+word}`.
 * `missing` holds the names that have no value.
 */
export function fillArguments(
  word: string,
  values: ReadonlyMap<string, string>,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const text = word.replaceAll(
    /\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/gu,
    (_, plain?: string, braced?: string, operator?: string, other = "") => {
      const name = plain ?? braced ?? "";
      const value = values.get(name) ?? "";
      if (operator === "+") return value === "" ? "" : other;
      if (value !== "") return value;
      if (operator !== "-") missing.push(name);
      return other;
    },
  );
  return { text, missing };
}
