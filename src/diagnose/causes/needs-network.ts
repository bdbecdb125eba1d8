import { codeOf } from "../../source/index.ts";
import { causeAt, defineCause } from "../cause.ts";
import type { FailedRun } from "../failed-run.ts";
import { networkAdvice, silentFetch } from "./silent-fetch.ts";

const signs =
  /gaierror|URLError|NewConnectionError|NameResolutionError|Max retries exceeded|Network is unreachable|Temporary failure in name resolution|Name or service not known|Could not resolve host|ConnectionError: (?:\(|HTTP)|ConnectError|ServerDisconnected|LocalEntryNotFoundError|(?:couldn't|could not|cannot|unable to) connect to/iu;
/** Of these, the words that say nothing else. */
const unreached =
  /gaierror|NameResolutionError|Network is unreachable|Temporary failure in name resolution|Name or service not known|Could not resolve host/iu;
const address = /\b(?:https?|ftp|s3|gs):\/\/[^\s'"`<>)\]}\\]+/u;
const host = /host='?([\w.-]+)'?|Could not resolve host: ([\w.-]+)|Failed to resolve '([\w.-]+)'/u;

/** It reaches for the network, and a clean room has none. */
export const needsNetwork = defineCause({
  id: "network-needed",
  find(failed) {
    if (!signs.test(failed.text)) return silentFetch(failed);
    const asked = addressOf(failed);
    const to = asked === null ? "" : ` to reach ${asked}`;
    return causeAt("network-needed", failed, `it needs the network${to}`, networkAdvice);
  },
});

/**
 * The line in which a run that ended well says that it could not reach the network; null where it says no such thing.
 * What it caught and went on after may be all that it was to give.
 */
export function unreachedNetwork(text: string): string | null {
  const line = text
    .slice(-1_000_000)
    .split("\n")
    .find((one) => unreached.test(one.slice(0, 4000)));
  return line === undefined ? null : line.trim().slice(0, 200);
}

/** The URL on the failing line, else in the error, else in the same file; of the error the host alone, if no more is said. */
function addressOf({ line, text, place, sources }: FailedRun): string | null {
  const named = host.exec(text);
  const server = named?.[1] ?? named?.[2] ?? named?.[3] ?? null;
  const near = address.exec(line)?.[0] ?? address.exec(text)?.[0] ?? null;
  if (near !== null) return near;
  const facts = place === null ? undefined : sources.get(place.file);
  const called = facts === undefined ? [] : codeOf(facts).calls.flatMap(({ literal }) => literal ?? []);
  return (
    called.find((literal) => address.test(literal) && (server === null || literal.includes(server))) ?? server
  );
}
