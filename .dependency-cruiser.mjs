import { dependencyRules } from "./architecture/rules.ts";

export default {
  forbidden: dependencyRules(),
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.test\\.ts$" },
    enhancedResolveOptions: { exportsFields: ["exports"], extensions: [".ts", ".js", ".mjs", ".json"], conditionNames: ["node", "import", "default"] },
  },
};
