const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/u;

/** The text of a Python source file, in the encoding that it declares in its first two lines (PEP 263), else UTF-8.
 *  Bytes that do not fit become U+FFFD; a byte order mark is left out; line ends become "\n". */
export function decodePython(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 400)).toString("latin1");
  const label = head
    .split("\n", 2)
    .map((line) => cookie.exec(line)?.[1])
    .find((found) => found !== undefined);
  const text = decoderFor(label).decode(bytes);
  return text.includes("\r") ? text.replaceAll(/\r\n?/gu, "\n") : text;
}

function decoderFor(label: string | undefined): TextDecoder {
  try {
    return new TextDecoder(label?.replaceAll("_", "-").replace(/^latin-(?=\d)/iu, "latin") ?? "utf-8");
  } catch {
    return new TextDecoder("utf-8");
  }
}
