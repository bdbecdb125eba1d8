/** A string as TOML writes it: literal (single quotes) where asked and possible, else basic. */
export function quote(value: string, literal = false): string {
  if (literal && !/['\p{Cc}]/u.test(value)) return `'${value}'`;
  return JSON.stringify(value).replaceAll("\u007f", "\\u007f");
}
