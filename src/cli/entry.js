/** The entry point: keeps the compiled code beside the packages, then starts. In JavaScript, for the first TypeScript file
 *  that is not in the cache loads Node's type stripper, which takes 80 ms. Where the cache cannot be written, all goes on
 *  without it. */
import module from "node:module";
import path from "node:path";

module.enableCompileCache(path.resolve(import.meta.dirname, "../../node_modules/.cache/rung"));
await import("./main.ts");
