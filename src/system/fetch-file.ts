import path from "node:path";
import { ToolError } from "../model/index.ts";
import { makeDirectory } from "./files.ts";
import { openRead } from "./file-streams.ts";
import { idleWatch } from "./idle-watch.ts";
import { guarded, request, withoutSecrets } from "./network.ts";
import { partialFile, type PartialFile } from "./partial-file.ts";

/** No byte for so long, and the connection counts as lost. */
const idleMs = 60_000;
/** Connections in a row that brought nothing. */
const fruitlessAttempts = 4;
const pieceBytes = 1 << 20;

export interface ExpectedFile {
  /** Hex. */
  readonly sha256: string;
  /** In bytes: of something longer no more is taken. */
  readonly size?: number;
  /** Called with how many bytes of the file are there, each time that more have come. */
  readonly onBytes?: (bytes: number) => void;
  /** Asks for it otherwise than by a plain request: with credentials, say. */
  readonly ask?: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Response>;
}

/**
 * The file at a URL (http, https or file), written to `to` only when its sha256 is the one expected; memory does not grow
 * with its size. What came before a lost connection or a kill is kept beside it (`TO.part`), and the next call asks for
 * the rest alone (RFC 9110, ranges). One process at a time: the caller sees to that.
 * Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED, DISK_FULL or PATH_UNREADABLE.
 */
export async function fetchFile(url: string, to: string, expected: ExpectedFile): Promise<void> {
  makeDirectory(path.dirname(to));
  using part = partialFile(`${to}.part`);
  if (part.size > (expected.size ?? Infinity)) part.empty();
  const source = url.startsWith("file:") ? fromDisk : fromNetwork;
  for (let fruitless = 0; part.size !== expected.size;) {
    const before = part.size;
    try {
      await source(url, part, expected);
      break;
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "NETWORK_UNAVAILABLE") throw error;
      fruitless = part.size > before ? 0 : fruitless + 1;
      // Nothing came at all: whoever asked has waited long enough.
      if (fruitless >= fruitlessAttempts || (before === 0 && fruitless > 0)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300 * (fruitless + 1)));
    }
  }
  const found = part.sha256();
  if (found !== expected.sha256) {
    part.remove();
    throw new ToolError(
      "DOWNLOAD_FAILED",
      `${withoutSecrets(url)} has sha256 ${found}, expected ${expected.sha256}`,
      {
        hint: "The server or something before it serves another file under this name. Nothing of it was used.",
      },
    );
  }
  part.finish(to);
}

async function fromNetwork(url: string, part: PartialFile, expected: ExpectedFile): Promise<void> {
  const have = part.size;
  const idle = idleWatch(idleMs);
  try {
    const headers = {
      "accept-encoding": "identity",
      ...(have === 0 ? {} : { range: `bytes=${have}-` }),
    };
    const ask = expected.ask ?? ((all, signal) => request(url, { ...all }, signal));
    const response = await ask(headers, idle.signal);
    // All of it is there already, or what is there is more than the whole: the hash tells.
    if (response.status === 416 && have > 0) {
      await response.body?.cancel();
      const whole = /\/(\d{1,15})$/u.exec(response.headers.get("content-range") ?? "")?.[1];
      if (Number(whole ?? have) === have) return;
      part.empty();
      throw lost(url, "it changed meanwhile");
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} answered HTTP ${response.status}`);
    }
    const goesOn = isRest(response, have);
    const announced = Number(response.headers.get("content-length") ?? Number.NaN) + (goesOn ? have : 0);
    if (announced > (expected.size ?? Infinity)) {
      await response.body.cancel();
      part.remove();
      throw tooLong(url, expected);
    }
    if (!goesOn && have > 0) part.empty();
    const { body } = response;
    await guarded(url, async () => {
      for await (const chunk of body) {
        idle.alive();
        const bytes = chunk as Uint8Array;
        if (part.size + bytes.length > (expected.size ?? Infinity)) {
          part.remove();
          throw tooLong(url, expected);
        }
        part.write(bytes);
        expected.onBytes?.(part.size);
      }
    });
    if (part.size < announced || part.size < (expected.size ?? 0))
      throw lost(url, "the connection was closed too early");
  } finally {
    idle.stop();
  }
}

/** Whether the answer goes on where we stopped. A server may send another range than was asked for. */
function isRest(response: Response, have: number): boolean {
  if (response.status !== 206) return false;
  const from = /^bytes (\d{1,15})-/u.exec(response.headers.get("content-range") ?? "")?.[1];
  return from === undefined || Number(from) === have;
}

async function fromDisk(url: string, part: PartialFile, expected: ExpectedFile): Promise<void> {
  using file = openRead(decodeURIComponent(new URL(url).pathname));
  part.empty();
  const block = Buffer.allocUnsafe(pieceBytes);
  for (let read = file.read(block); read > 0; read = file.read(block)) {
    if (part.size + read > (expected.size ?? Infinity)) {
      part.remove();
      throw tooLong(url, expected);
    }
    part.write(block.subarray(0, read));
    expected.onBytes?.(part.size);
  }
  await Promise.resolve();
}

const tooLong = (url: string, { size }: ExpectedFile): ToolError =>
  new ToolError(
    "DOWNLOAD_FAILED",
    `${withoutSecrets(url)} is longer than the ${size} bytes that it is to have`,
    {
      hint: "The server or something before it serves another file under this name. Nothing of it was used.",
    },
  );

const lost = (url: string, why: string): ToolError =>
  new ToolError("NETWORK_UNAVAILABLE", `${withoutSecrets(url)} did not come whole: ${why}`);
