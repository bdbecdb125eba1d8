/** The entry point: keeps the compiled code beside the packages, then starts. In JavaScript, for the first TypeScript file
 *  that is not in the cache loads Node's type stripper, which takes 80 ms. Where the cache cannot be written, all goes on
 *  without it. */
import module from "node:module";
import path from "node:path";

module.enableCompileCache(path.resolve(import.meta.dirname, "../../node_modules/.cache/rung"));

// A relative import of a module says which file it means. Node would ask the file system about each, and for a package.json
// around ours: a third of the time that loading a few hundred modules takes.
module.registerHooks({
  resolve(specifier, context, next) {
    const { conditions, parentURL } = context;
    const isRelative = specifier.startsWith("./") || specifier.startsWith("../");
    if (!isRelative || parentURL === undefined || !conditions.includes("import"))
      return next(specifier, context);
    const url = new URL(specifier, parentURL).href;
    if (specifier.endsWith(".ts")) return { url, format: "module-typescript", shortCircuit: true };
    return specifier.endsWith(".js") ? { url, shortCircuit: true } : next(specifier, context);
  },
});
await import("./main.ts");
