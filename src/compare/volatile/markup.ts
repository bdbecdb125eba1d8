import type { TextRule } from "./text-rule.ts";

// What stands in quotes is taken whole, as it is.
const attributePart = /"[^"]*"|'[^']*'|\s+referrerpolicy="[\w-]{1,60}"|\s+/gu;
const iframe = /<iframe\b[^<>]{0,4000}>/gu;

/** What IPython's versions put around the address of an embedded page: a policy of referrers, space between attributes. */
export const iframeMarkup: TextRule = {
  id: "iframe-markup",
  acrossVersions: true,
  apply: (text) =>
    text.includes("<iframe")
      ? text.replace(iframe, (tag) =>
          tag
            .replace(attributePart, (part) => {
              if (/^["']/u.test(part)) return part;
              return /\S/u.test(part) || part === "" ? "" : " ";
            })
            .replace(/ (?=\/?>$)/u, ""),
        )
      : text,
};

const wrapped = /^(?:\$\$([^$]*)\$\$|\$\\displaystyle ([^$]*)\$)$/u;

/** SymPy before 1.5 sets an expression in $$…$$, later versions in $\displaystyle …$: both are display mathematics. */
export const latexWrapper: TextRule = {
  id: "latex-wrapper",
  acrossVersions: true,
  apply: (text) => text.replace(wrapped, (_, old?: string, recent?: string) => old ?? recent ?? ""),
};
