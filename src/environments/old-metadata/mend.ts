import path from "node:path";
import { compare, valid } from "@renovatebot/pep440";
import { ToolError } from "../../model/index.ts";
import { download, fetchPage, readBytes, temporaryDirectory } from "../../system/index.ts";
import { fetchIndexPage, type IndexFile } from "../index-pages/page.ts";
import { indexSettings } from "../index-pages/settings.ts";
import { metadataHeaders } from "../metadata-headers.ts";
import { repairRequirement } from "./repair-requirement.ts";

/** What a wheel says of its needs, in words that today's tools can read. */
export interface MendedMetadata {
  readonly name: string;
  readonly version: string;
  /** Dependency specifiers (PEP 508). */
  readonly requires: readonly string[];
  readonly extras: readonly string[];
  readonly requiresPython: string | null;
}

/**
 * The metadata of one release, read from one of its wheels on the configured index (PEP 658, else the wheel itself) and
 * repaired; null where it has no wheel there or none that can be read.
 * Throws ToolError NETWORK_UNAVAILABLE or DOWNLOAD_FAILED.
 */
export async function releaseMetadata(name: string, version: string): Promise<MendedMetadata | null> {
  const files = (await fetchIndexPage(indexSettings().indexUrl, name)) ?? [];
  const wheels = files.filter((file) => isWheelOf(file, version));
  // Of one release all wheels say the same; those for Linux and for any system are the likeliest to be kept.
  const wheel = wheels.find(({ filename }) => /-any\.whl$|linux/u.test(filename)) ?? wheels[0];
  const text = wheel === undefined ? null : await metadataOf(wheel);
  if (text === null) return null;
  const all = metadataHeaders(text);
  const python = all("requires-python")[0];
  return {
    name,
    version,
    requires: all("requires-dist")
      .map(repairRequirement)
      .filter((one) => one !== null),
    extras: all("provides-extra"),
    requiresPython: python === undefined || python === "" ? null : python,
  };
}

function isWheelOf({ filename }: IndexFile, version: string): boolean {
  const named = /^[^-]+-([^-]+)-[^/]+\.whl$/u.exec(filename)?.[1]?.replaceAll("_", "-");
  if (named === undefined) return false;
  return named === version || (valid(named) && valid(version) ? compare(named, version) === 0 : false);
}

/** Whole wheels are fetched only where the index serves no metadata apart, and where they are small. */
const largestFetched = 32 * 1024 * 1024;

async function metadataOf(wheel: IndexFile): Promise<string | null> {
  const page = await fetchPage(`${wheel.url}.metadata`);
  if (page.status === 200) return page.text;
  if (wheel.sha256 === null) return null;
  const room = temporaryDirectory("metadata");
  try {
    const file = path.join(room.path, "wheel.zip");
    await download(wheel.url, file, { sha256: wheel.sha256, atMost: largestFetched });
    const { fileOfWheel } = await import("../uv/unpack-wheel.ts");
    return (await fileOfWheel(readBytes(file), [".dist-info/METADATA"])).toString("utf8");
  } catch (error) {
    if (error instanceof ToolError && error.code === "DOWNLOAD_FAILED") return null;
    throw error;
  } finally {
    room[Symbol.dispose]();
  }
}
