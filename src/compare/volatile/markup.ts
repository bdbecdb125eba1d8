import type { TextRule } from "./text-rule.ts";

const iframe = /<iframe\b[^<>]{0,4000}>/gu;

/** What IPython's versions put around the address of an embedded page: a policy of referrers, space between attributes. */
export const iframeMarkup: TextRule = {
  id: "iframe-markup",
  apply: (text) =>
    text.includes("<iframe")
      ? text.replace(iframe, (tag) =>
          tag
            .replace(/\sreferrerpolicy="[\w-]{1,60}"/u, "")
            .replaceAll(/\s+(?=[\w-]+(?:="|[\s>]))/gu, " ")
            .replace(/\s+(?=\/?>)/u, ""),
        )
      : text,
};

const wrapped = /^(?:\$\$(.*)\$\$|\$\\displaystyle (.*)\$)$/su;

/** SymPy before 1.5 sets an expression in $$…$$, later versions in $\displaystyle …$: both are display mathematics. */
export const latexWrapper: TextRule = {
  id: "latex-wrapper",
  apply: (text) => text.replace(wrapped, (_, old?: string, recent?: string) => old ?? recent ?? ""),
};
