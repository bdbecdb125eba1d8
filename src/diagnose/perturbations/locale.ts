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
    if (choice === 0) return {};
    const now = inherited["LC_ALL"] ?? inherited["LANG"] ?? "C";
    const foreign = machine.locales.find((name) => !/^(?:C|POSIX|en)\b/u.test(name) && name !== now);
    const LANG = foreign ?? (/^C\.utf-?8$/iu.test(now) ? "C" : "C.UTF-8");
    if (choice === 1) return { variables: { LC_ALL: null, LANG }, control: { encoding: "iso-8859-1" } };
    return {
      variables: { LC_ALL: null, LANG, LC_CTYPE: "C", PYTHONUTF8: "0", PYTHONCOERCECLOCALE: "0" },
    };
  },
  notHere: whereDeclared("LC_ALL", "LANG"),
});
