/** Null for what no installer takes (eggs, Windows installers), and for no name. */
export function kindOfFile(filename: string): "wheel" | "sdist" | null {
  if (filename.endsWith(".whl")) return "wheel";
  return /\.(?:tar\.(?:gz|bz2|xz|Z)|tgz|zip)$/u.test(filename) ? "sdist" : null;
}

/** The file that a URL or path leads to. */
export const fileNameOf = (url: string): string => decoded(url.split(/[?#]/u)[0]?.split("/").at(-1) ?? "");

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
