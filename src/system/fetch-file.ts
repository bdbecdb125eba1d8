import fs from "node:fs";
import path from "node:path";
import { ToolError } from "../model/index.ts";
import { hashFile, makeDirectory, unreadable, writeFailure } from "./files.ts";
import { guarded, request, withoutSecrets } from "./network.ts";

/** No byte for so long, and the connection counts as lost. */
const idleMs = 60_000;
/** Connections in a row that brought nothing. */
const fruitlessAttempts = 4;

export interface ExpectedFile {
  /** Hex. */
  readonly sha256: string;
  /** Called with how many bytes of the file are there, each time that more have come. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * The file at a URL (http, https or file), written to `to` only when its sha256 is the one expected; memory does not grow
 * with its size. What came before a lost connection or a kill is kept beside it (`TO.part`), and the next call asks for
 * the rest alone (RFC 9110, ranges). One process at a time: the caller sees to that.
 * Throws ToolError NETWORK_UNAVAILABLE, DOWNLOAD_FAILED, DISK_FULL or PATH_UNREADABLE.
 */
export async function fetchFile(url: string, to: string, expected: ExpectedFile): Promise<void> {
  makeDirectory(path.dirname(to));
  const part = `${to}.part`;
  const source = url.startsWith("file:") ? fromDisk : fromNetwork;
  for (let fruitless = 0; ;) {
    const before = sizeOf(part);
    try {
      await source(url, part, expected.onBytes ?? (() => {}));
      break;
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== "NETWORK_UNAVAILABLE") throw error;
      fruitless = sizeOf(part) > before ? 0 : fruitless + 1;
      // Nothing came at all: whoever asked has waited long enough.
      if (fruitless >= fruitlessAttempts || (before === 0 && fruitless > 0)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300 * (fruitless + 1)));
    }
  }
  const found = hashFile(part);
  if (found !== expected.sha256) {
    fs.rmSync(part, { force: true });
    throw new ToolError(
      "DOWNLOAD_FAILED",
      `${withoutSecrets(url)} has sha256 ${found}, expected ${expected.sha256}`,
      {
        hint: "The server or something before it serves another file under this name. Nothing of it was used.",
      },
    );
  }
  writing(to, () => fs.renameSync(part, to));
}

async function fromNetwork(url: string, part: string, onBytes: (bytes: number) => void): Promise<void> {
  const have = sizeOf(part);
  const idle = idleWatch();
  try {
    const headers = {
      "accept-encoding": "identity",
      ...(have === 0 ? {} : { range: `bytes=${have}-` }),
    };
    const response = await request(url, headers, idle.signal);
    // All of it is there already, or what is there is more than the whole: the hash tells.
    if (response.status === 416 && have > 0) {
      await response.body?.cancel();
      const whole = /\/(\d{1,15})$/u.exec(response.headers.get("content-range") ?? "")?.[1];
      if (Number(whole ?? have) !== have) fs.rmSync(part, { force: true });
      if (Number(whole ?? have) !== have) throw lost(url, "it changed meanwhile");
      return;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new ToolError("DOWNLOAD_FAILED", `${withoutSecrets(url)} answered HTTP ${response.status}`);
    }
    const goesOn = response.status === 206;
    const announced = Number(response.headers.get("content-length") ?? Number.NaN) + (goesOn ? have : 0);
    let written = goesOn ? have : 0;
    const file = writing(part, () => fs.openSync(part, goesOn ? "a" : "w", 0o644));
    try {
      const { body } = response;
      await guarded(url, async () => {
        for await (const chunk of body) {
          idle.alive();
          const bytes = chunk as Uint8Array;
          for (let at = 0; at < bytes.length;) at += writing(part, () => fs.writeSync(file, bytes, at));
          written += bytes.length;
          onBytes(written);
        }
      });
    } finally {
      fs.closeSync(file);
    }
    if (written < announced) throw lost(url, "the connection was closed too early");
  } finally {
    idle.stop();
  }
}

async function fromDisk(url: string, part: string, onBytes: (bytes: number) => void): Promise<void> {
  const source = new URL(url);
  try {
    fs.copyFileSync(source, part);
  } catch (error) {
    throw unreadable(source.pathname, error);
  }
  onBytes(sizeOf(part));
  await Promise.resolve();
}

function idleWatch(): { readonly signal: AbortSignal; alive(): void; stop(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error("TIMEOUT: no byte for a minute")), idleMs);
  return {
    signal: controller.signal,
    alive: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}

const lost = (url: string, why: string): ToolError =>
  new ToolError("NETWORK_UNAVAILABLE", `${withoutSecrets(url)} did not come whole: ${why}`);

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function writing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw writeFailure(file, error);
  }
}
