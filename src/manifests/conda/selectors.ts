const systems: Readonly<Record<string, string>> = {
  win: 'sys_platform == "win32"',
  win32: 'sys_platform == "win32"',
  win64: 'sys_platform == "win32"',
  osx: 'sys_platform == "darwin"',
  mac: 'sys_platform == "darwin"',
  "osx-64": 'sys_platform == "darwin" and platform_machine == "x86_64"',
  "osx-arm64": 'sys_platform == "darwin" and platform_machine == "arm64"',
  arm64: 'platform_machine == "arm64"',
  linux: 'sys_platform == "linux"',
  linux64: 'sys_platform == "linux"',
  "linux-64": 'sys_platform == "linux" and platform_machine == "x86_64"',
  "linux-aarch64": 'sys_platform == "linux" and platform_machine == "aarch64"',
  "win-64": 'sys_platform == "win32"',
  unix: 'sys_platform != "win32"',
};

/** The environment marker (PEP 508) that a platform of conda's or a selector such as "win" or "not osx" means; null where none. */
export function markerOfSelector(selector: string): string | null {
  const clauses = selector.trim().split(/\s+or\s+/u);
  const markers = clauses.map((clause) => {
    const [, not, name = ""] = /^(not\s+)?([\w-]+)$/u.exec(clause.trim()) ?? [];
    const marker = Object.hasOwn(systems, name) ? systems[name] : undefined;
    if (marker === undefined || not === undefined) return marker ?? null;
    return marker.includes(" and ")
      ? null
      : marker.replace(/==|!=/u, (operator) => (operator === "==" ? "!=" : "=="));
  });
  return markers.includes(null) ? null : markers.join(" or ");
}

/** What stands in a comment such as `# [win]` at the end of a line. */
export function selectorComment(line: string): string | null {
  return /#\s*\[([^\][#]{1,80})\]\s*$/u.exec(line)?.[1] ?? null;
}
