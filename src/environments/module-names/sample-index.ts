import http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { ZipFile } from "yazl";
import { sha256 } from "../../system/index.ts";

/** For tests: an index on this machine, whose files can be fetched in ranges. */
export interface SampleIndex {
  readonly url: string;
  /** What was asked for, as "/simple/name/" or "file bytes=-N". */
  readonly asked: readonly string[];
}

/** For tests: serves these files, each under the project that its name begins with. It ends with the test. */
export async function indexWith(
  files: Readonly<Record<string, Buffer>>,
  { ranges = true }: { readonly ranges?: boolean } = {},
): Promise<SampleIndex> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const [, folder = "", name = ""] = (request.url ?? "").split("/");
    const { range = "" } = request.headers;
    asked.push(folder === "simple" ? `/simple/${name}/` : `${name} ${range}`.trim());
    const links = Object.keys(files).filter((file) =>
      file.toLowerCase().startsWith(`${name.replaceAll("-", "_")}-`),
    );
    const bytes =
      folder === "simple"
        ? Buffer.from(
            links
              .map((file) => `<a href="/files/${file}#sha256=${sha256(files[file] ?? "")}">${file}</a>`)
              .join("\n"),
          )
        : files[name];
    if (bytes === undefined || bytes.length === 0) {
      response.writeHead(404).end();
      return;
    }
    const length = Number(/^bytes=-(\d+)$/u.exec(range)?.[1] ?? Number.NaN);
    if (!ranges || Number.isNaN(length)) {
      response.end(bytes);
      return;
    }
    const part = bytes.subarray(Math.max(0, bytes.length - length));
    const from = bytes.length - part.length;
    response.writeHead(206, {
      "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
      "content-length": part.length,
    });
    response.end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`, asked };
}

/** For tests: a wheel with these files, of `size` bytes each. */
export async function wheelWith(files: readonly string[], size = 0): Promise<Buffer> {
  const zip = new ZipFile();
  for (const file of files) zip.addBuffer(Buffer.alloc(size, 65), file, { compress: false });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
