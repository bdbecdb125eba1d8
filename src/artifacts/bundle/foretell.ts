import { sizeText } from "../../model/index.ts";
import type { ChosenArtifacts } from "../wheels/choose-artifacts.ts";
import { bytesToFetch } from "../wheels/fetch-artifacts.ts";

/** What a pack will cost, before it is made. Bytes and seconds; rough where nothing tells better. */
export interface PackForecast {
  readonly packages: number;
  /** Of the wheels; 0 counts for a package whose size the lock does not tell. */
  readonly wheelBytes: number;
  readonly fetchBytes: number;
  /** Of the archive. */
  readonly packBytes: number;
  readonly seconds: number;
  /** In one sentence. */
  readonly said: string;
}

/** An interpreter with its libraries, compressed; what runs notebooks; both as measured. */
const runtimeBytes = 28e6;
const toolBytes = 20e6;
/** Bytes a second that a usual line brings, and that reading, hashing and compressing take. */
const fetchRate = 10e6;
const packRate = 40e6;

/** From what a lock tells of sizes, and what Rung's cache holds already. `projectBytes` is all of the project. */
export function foretellPack(
  { wheels, toBuild }: ChosenArtifacts,
  hasNotebook: boolean,
  projectBytes: number,
): PackForecast {
  const wheelBytes = wheels.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const fetchBytes = bytesToFetch([...wheels, ...toBuild.filter(({ kind }) => kind === "sdist")]);
  const packBytes = runtimeBytes + wheelBytes + (hasNotebook ? toolBytes : 0) + projectBytes;
  const seconds = Math.ceil(fetchBytes / fetchRate + packBytes / packRate + 5 + 20 * toBuild.length);
  const packages = wheels.length + toBuild.length;
  const isVague = wheels.some(({ size }) => size === null);
  const parts = [
    `a pack of ${isVague ? "at least " : "about "}${sizeText(packBytes)} with ${packages} packages`,
    ...(fetchBytes > 0 ? [`${sizeText(fetchBytes)} of them still to fetch`] : []),
    ...(toBuild.length > 0 ? [`${toBuild.length} to build`] : []),
    `about ${seconds} s`,
  ];
  return { packages, wheelBytes, fetchBytes, packBytes, seconds, said: parts.join(", ") };
}
