/** The path that a file error names, as it was written; null where it names none. */
const patterns: readonly RegExp[] = [
  /No such file or directory:? (?:b?'([^'\n]+)'|"([^"\n]+)")/u,
  /Cannot save file into a non-existent directory: (?:'([^'\n]+)'|"([^"\n]+)")/u,
  /(?:can't open file|cannot open) (?:'([^'\n]+)'|"([^"\n]+)")/u,
  /(?:^|\n|: |\] )(?:File b?'([^'\n]+)'|File "([^"\n]+)"|([^\s:'"]+)(?: does not exist| not found\.?$))(?: does not exist)?/u,
  // What GDAL says, through Fiona, Rasterio and pyogrio.
  /(?:^|\n|: )'([^'\n]+)' does not exist in the file system/u,
  /(?:^|\n|: )([^\s:'"]+\.\w{1,8}): No such file or directory/u,
  /unable to (?:open|create) file[^\n]*?name = '([^'\n]+)'/iu,
  /(?:can't cd to|cd:(?: line)? [\d:]*) ?([^\s:]+)/u,
  /The system cannot find the (?:path|file) specified: (?:'([^'\n]+)'|"([^"\n]+)")/u,
  /(?:cannot access|cannot stat) (?:'([^'\n]+)'|"([^"\n]+)")/u,
];

/** A path that the run did not find. */
export function missingPath(text: string): string | null {
  if (
    !/No such file|non-existent|can't open|cannot open|does not exist|not found|unable to (?:open|create)|can't cd|cannot (?:find|access|stat)/iu.test(
      text,
    )
  ) {
    return null;
  }
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    const path = match?.slice(1).find((group) => group !== undefined && group !== "");
    if (path !== undefined && /[./\\]|^\w+$/u.test(path)) return plain(path);
  }
  return null;
}

/** Without the archive that GDAL looks into ("/vsizip/a/b.zip/c.shp" is in a/b.zip) and without doubled backslashes. */
function plain(path: string): string {
  const inArchive = /^\/vsi(?:zip|gzip|tar)\/(.+?\.(?:zip|kmz|tar\.gz|tgz|tar|gz))(?:\/|$)/u.exec(path)?.[1];
  return inArchive ?? path.replaceAll("\\\\", "\\");
}

/** True for a path of one machine: absolute, below a home folder, or with a drive. */
export function isMachinePath(path: string): boolean {
  return /^(?:\/|~|[A-Za-z]:[\\/]|\\\\)/u.test(path);
}

/** The path inside of the tree that a clean room's path stands for; others as they are. */
export function insideRoom(path: string): string {
  return path.replace(/^\/home\/(?:room|clean-room)\/[^/]+(?:\/|$)/u, "");
}
