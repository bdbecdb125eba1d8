import { defineConfig } from "oxlint";
import { roomRules } from "./architecture/rules.ts";

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "oxc", "promise"],
  categories: { correctness: "error", suspicious: "error", perf: "warn" },
  rules: {
    "max-lines": ["error", { max: 300 }],
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "import/no-default-export": "error",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    eqeqeq: "error",
    "no-console": "error",
    "no-await-in-loop": "off",
    "no-underscore-dangle": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/prefer-add-event-listener": "off",
    "promise/always-return": "off",
    "no-shadow": "off",
    "unicorn/consistent-function-scoping": "off",
    "import/no-named-as-default-member": "off",
    "oxc/no-map-spread": "off",
  },
  overrides: [
    ...roomRules().map(({ files, patterns }) => ({
      files: [...files],
      rules: { "no-restricted-imports": ["error", { patterns: [...patterns] }] as const },
    })),
    { files: ["scripts/**", "bench/**", "*.config.ts"], rules: { "no-console": "off", "import/no-default-export": "off" } },
    { files: ["**/*.test.ts"], rules: { "max-lines": ["error", { max: 400 }] } },
  ],
  ignorePatterns: ["node_modules", "examples", "**/fixtures/**"],
});
