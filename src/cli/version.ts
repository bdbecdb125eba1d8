import packageJson from "../../package.json" with { type: "json" };

/** Rung's own version. */
export function version(): string {
  return packageJson.version;
}
