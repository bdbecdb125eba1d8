import { definePerturbation, whereDeclared } from "./perturbation.ts";

/**
 * Another language, and text files in another encoding than UTF-8 (choice 1: Latin-1, in which every byte is a character;
 * choice 2: ASCII alone, as in the C locale before PEP 538 and PEP 540).
 */
export const locale = definePerturbation({
  id: "locale",
  kind: "locale",
  title: "the locale: language and encoding",
  varies: "elsewhere",
  fixed: "the locale fixed",
  freed: "LANG and the encoding of text changed",
  choices: 2,
  apply(choice, { inherited, machine }) {
    const usual = inherited["LC_ALL"] ?? inherited["LANG"] ?? "C";
    // PEP 538: Python takes C.UTF-8 for the C locale where it is there.
    const hasUtf8 = machine.locales.some((name) => /^C\.utf-?8$/iu.test(name));
    const now = hasUtf8 && /^(?:C|POSIX)$/u.test(usual) ? "C.UTF-8" : usual;
    if (choice === 0) return { variables: { LC_ALL: now, LANG: now } };
    const foreign = machine.locales.find((name) => !/^(?:C|POSIX|en)\b/u.test(name) && name !== now);
    const other = foreign ?? (now === "C.UTF-8" || !hasUtf8 ? "C" : "C.UTF-8");
    if (choice === 1) {
      return { variables: { LC_ALL: other, LANG: other }, control: { encoding: "iso-8859-1" } };
    }
    return {
      variables: { LC_ALL: "C", LANG: other, PYTHONUTF8: "0", PYTHONCOERCECLOCALE: "0" },
    };
  },
  notHere: whereDeclared("LC_ALL", "LANG"),
});
