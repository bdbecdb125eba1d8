/** One line of a value, with its place in the file. */
export interface IniLine {
  readonly text: string;
  readonly line: number;
}

/** Sections by name, each with its keys (in lower case) and the lines of their values; empty lines left out. */
export type IniDocument = ReadonlyMap<string, ReadonlyMap<string, readonly IniLine[]>>;

/**
 * Reads what Python's configparser reads: sections, `key = value` and `key: value`, values over several indented lines,
 * comments on lines of their own. Interpolation is left as it stands; what is none of these is passed over.
 */
export function readIni(text: string): IniDocument {
  const sections = new Map<string, Map<string, IniLine[]>>();
  let section: Map<string, IniLine[]> | undefined;
  let value: IniLine[] | undefined;
  const lines = text.replace(/^\ufeff/u, "").split(/\r\n|\r|\n/u);
  for (const [index, raw] of lines.entries()) {
    const said = raw.trim();
    if (said === "" || /^[#;]/u.test(said)) continue;
    const place = index + 1;
    if (/^\s/u.test(raw) && value !== undefined) {
      value.push({ text: said, line: place });
      continue;
    }
    const header = /^\[([^\]]+)\]/u.exec(said)?.[1];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, IniLine[]>();
      sections.set(header, section);
      value = undefined;
      continue;
    }
    const at = said.search(/[=:]/u);
    if (at < 1 || section === undefined) continue;
    const first = said.slice(at + 1).trim();
    value = first === "" ? [] : [{ text: first, line: place }];
    section.set(said.slice(0, at).trim().toLowerCase(), value);
  }
  return sections;
}

/** The lines of a key's value; none where there is no such key. */
export function iniLines(document: IniDocument, section: string, key: string): readonly IniLine[] {
  return document.get(section)?.get(key) ?? [];
}
