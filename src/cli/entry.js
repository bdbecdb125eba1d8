/** The entry point: keeps the compiled code beside the packages, then starts. In JavaScript, for the first TypeScript file
 *  that is not in the cache loads Node's type stripper, which takes 80 ms. Where the cache cannot be written, all goes on
 *  without it. */
import module from "node:module";
import path from "node:path";

module.enableCompileCache(path.resolve(import.meta.dirname, "../../node_modules/.cache/rung"));

// Our own imports say which file they mean. Node would ask the file system about each, and for a package.json around it:
// a third of the time that loading a few hundred modules takes.
module.registerHooks({
  resolve(specifier, context, next) {
    const isOwn = specifier.startsWith(".") && specifier.endsWith(".ts") && context.parentURL !== undefined;
    if (!isOwn) return next(specifier, context);
    const { href } = new URL(specifier, context.parentURL);
    return { url: href, format: "module-typescript", shortCircuit: true };
  },
});
await import("./main.ts");
