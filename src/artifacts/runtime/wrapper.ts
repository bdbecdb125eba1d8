import { shellQuote } from "../../system/index.ts";

/**
 * The script that starts a program of the runtime by the packed loader, with the packed libraries and no others. It uses
 * what every POSIX shell has built in, so it works where there is nothing but a shell; from any folder, through PATH, and
 * by a symbolic link: then the runtime is looked for in a folder beside the link's, and in the bundle that RUNG_BUNDLE
 * names. Whoever copies it may name the bundle in it, in a second line that sets RUNG_BUNDLE.
 * A program sees itself under the script's path, so what it starts again is the script; a Python finds its library so.
 */
export function wrapperText(loader: string, program: string): string {
  return `${placeLines(loader)}case $top in
*[:\\;]*)
  echo "$self: a loader cannot use a folder with : or ; in its path; move the bundle" >&2
  exit 126
  ;;
esac
LOCPATH=$top/lib/locale TZDIR=$top/share/zoneinfo
export LOCPATH TZDIR
exec "$top/lib/${loader}" --inhibit-cache --argv0 "$self" --library-path "$top/lib" "$top/libexec/${program}" "$@"
`;
}

/** The same for a script: its interpreter is another starter, whose one option is that of the script's first line. */
export function scriptWrapperText(
  loader: string,
  interpreter: string,
  option: string,
  script: string,
): string {
  const words = [`"$top/bin/${interpreter}"`, ...(option === "" ? [] : [shellQuote(option)])].join(" ");
  return `${placeLines(loader)}exec ${words} "$top/libexec/${script}" "$@"\n`;
}

/** Where the runtime is, as $top. */
function placeLines(loader: string): string {
  return `#!/bin/sh
case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac
top=\${self%/*}/..
[ -e "$top/lib/${loader}" ] || top=\${self%/*}/../../runtime
[ -e "$top/lib/${loader}" ] || top=\${RUNG_BUNDLE:-}/runtime
if [ ! -e "$top/lib/${loader}" ]; then
  echo "$self: the runtime that it belongs to is not here; set RUNG_BUNDLE to the bundle's folder" >&2
  exit 127
fi
`;
}
