import { makeFinding, type Finding, type Need } from "../model/index.ts";
import { sourceOfMapping } from "./distributions.ts";
import type { KnownModules } from "./resolve-module.ts";

/**
 * Needs whose distribution, by its own files where these are known, does not bring the module that is imported: the table
 * (or the name alone) is wrong, or wrong for that release. Rule wrong-mapping. What lists no module says nothing.
 */
export function wrongMappings(needs: readonly Need[], known: KnownModules): readonly Finding[] {
  const installed = new Map<string, string[]>();
  for (const [module, owners] of known.installed ?? [])
    for (const owner of owners) installed.set(owner, [...(installed.get(owner) ?? []), module]);
  return needs.flatMap(({ module, distribution, known: how, context, location }) => {
    if (distribution === null || module === "" || context === "optional") return [];
    if (how !== "table" && how !== "same-name" && how !== "declared") return [];
    const brought = installed.get(distribution) ?? known.pinned.modules.get(distribution) ?? [];
    if (brought.length === 0 || brought.some((one) => serves(one, module))) return [];
    const names = brought.slice(0, 5).join(", ");
    const more = brought.length > 5 ? ` and ${brought.length - 5} more` : "";
    return [
      makeFinding(
        "wrong-mapping",
        "warning",
        `${module} does not come from ${distribution}, which brings ${names}${more}`,
        {
          ...location,
          why: `It was taken for the distribution of ${module} ${sourceOfMapping(module, distribution)}; its own files say otherwise.`,
          fix: `Declare the distribution that brings ${module}, or a release of ${distribution} that does.`,
        },
      ),
    ];
  });
}

/** Whether a module may be found through what was brought: a *.pth file may put a folder inside a package on the path. */
function serves(brought: string, module: string): boolean {
  return (
    brought.split(".").includes(module.split(".").at(-1) ?? module) ||
    module.startsWith(`${brought}.`) ||
    brought.startsWith(`${module}.`)
  );
}
