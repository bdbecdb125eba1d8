import {
  advice,
  findCausePlaces,
  proposeMends,
  type MendRequest,
  type PlaceExperiment,
  type ProposedMend,
} from "../diagnose/index.ts";
import type { Cause, CodePlace, Mend } from "../model/index.ts";
import { confirmMend } from "./confirm-mend.ts";
import { changesLine, mergeMends, patchOf } from "./mend-patch.ts";
import { countFor, experimentOf, type Confirmation } from "./confirm.ts";
import type { Exploration, FoundCause } from "./explored.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Lab } from "./lab/lab.ts";
import { placeExperiment } from "./place-experiment.ts";
import type { Suspect } from "./suspect.ts";

/** A place at which a cause enters, with the mend for it. */
interface Entry {
  readonly place: CodePlace | null;
  /** An experiment showed that it enters there. */
  readonly isShown: boolean;
  readonly outputs: readonly string[];
  readonly mend: Mend | null;
}

/**
 * Found causes as they are told: one for each place at which a suspect's difference enters. It counts as confirmed where
 * experiments showed both, what it is and where.
 */
export async function causesOf(
  inquiry: Inquiry,
  found: Exploration,
  confirmation: Confirmation,
  lab: Lab,
): Promise<readonly Cause[]> {
  const causes: Cause[] = [];
  for (const cause of found.causes) {
    const experiment = experimentOf(cause, found.causes, confirmation);
    const confirmed = isConfirmed(cause, confirmation);
    for (const member of cause.members) {
      for (const { place, isShown, outputs, mend } of await entriesOf(inquiry, cause, member, lab)) {
        const { file = null, line = null, cell = null } = place ?? {};
        const doubt = isShown ? "" : `; ${place === null ? words.notFound : words.notShown}`;
        causes.push({
          kind: member.kind,
          file,
          line,
          cell,
          confirmed: confirmed && isShown,
          experiment: `${experiment}${doubt}`,
          outputs,
          mend,
        });
      }
    }
  }
  return causes;
}

const words = {
  notFound: "where in the code it enters was not found",
  notShown: "that it enters at this line is a suspicion: no experiment showed it",
} as const;

/** Freed alone it made a difference, and no run with it fixed differed in the outputs that it reaches. */
function isConfirmed(cause: FoundCause, confirmation: Confirmation): boolean {
  const { still } = confirmation;
  return countFor(cause, confirmation).of > 0 && !cause.outputs.some((output) => still.includes(output));
}

/** The most runs that look for the places of one cause. */
const mostProbed = 8;

async function entriesOf(
  inquiry: Inquiry,
  cause: FoundCause,
  member: Suspect,
  lab: Lab,
): Promise<readonly Entry[]> {
  const experiment = placeExperiment(inquiry, cause, member);
  const request = { root: lab.subject.project.root, kind: member.kind, trace: inquiry.trace };
  const { outputs } = cause;
  const confirmed = confirmingOnce(inquiry, cause);
  // What differs first can often be mended at its own line: that the mend helps shows the line as well.
  const [first] = located(await findCausePlaces(experiment, 2));
  const atOnce = first === undefined ? null : await mendsAt([first], request);
  if (first !== undefined && atOnce !== null && changesLine(atOnce, first.place)) {
    const mend = await confirmed(atOnce);
    if (mend?.confirmed === true) return [{ place: first.place, isShown: true, outputs, mend }];
  }
  const places = await placesOf(inquiry, experiment, member);
  const proposed = await mendsAt(places, request);
  const byHand = { summary: advice[member.kind], patch: null, confirmed: false };
  const mend = (proposed === null ? null : await confirmed(proposed)) ?? byHand;
  if (places.length === 0) return [{ place: null, isShown: false, outputs, mend: byHand }];
  return places.map(({ place, isShown }) => {
    const isMended = mend.confirmed && proposed !== null && changesLine(proposed, place);
    return { place, isShown: isShown || isMended, outputs, mend };
  });
}

/** Confirms mends of one cause; the same is tried once. */
function confirmingOnce(
  inquiry: Inquiry,
  cause: FoundCause,
): (proposed: ProposedMend) => Promise<Mend | null> {
  const tried = new Map<string, Promise<Mend | null>>();
  return (proposed) => {
    const key = patchOf(proposed.changes);
    const mend = tried.get(key) ?? confirmMend(inquiry, cause, proposed);
    tried.set(key, mend);
    return mend;
  };
}

interface Located {
  readonly place: CodePlace;
  readonly site: MendRequest["site"];
  readonly isShown: boolean;
}

/** Where a cause enters: as runs of a copy with probes prove it; else the one place where the trace saw it touched. */
async function placesOf(
  { series }: Inquiry,
  experiment: PlaceExperiment,
  member: Suspect,
): Promise<readonly Located[]> {
  const found = await findCausePlaces(experiment, Math.min(mostProbed, series.left - 2));
  const [only] = member.places;
  const traced =
    member.places.length === 1 && only !== undefined ? [{ place: only, site: null, isShown: false }] : [];
  // Where giving values back proved nothing, what the trace saw is nearer to the cause than what differed first.
  if (found.places.length === 0 || (found.result !== "confirmed" && traced.length > 0)) return traced;
  return located(found);
}

function located({ places }: Awaited<ReturnType<typeof findCausePlaces>>): readonly Located[] {
  return places.map(({ site, confirmed }) => ({
    place: { file: site.file, line: site.line, cell: site.cell },
    site,
    isShown: confirmed,
  }));
}

/** One mend for all places of a cause: a difference that enters at two of them goes only where both are mended. */
async function mendsAt(
  places: readonly Located[],
  request: Omit<MendRequest, "place" | "site">,
): Promise<ProposedMend | null> {
  const proposals: ProposedMend[] = [];
  for (const { place, site } of places) {
    const [best] = await proposeMends({ ...request, place, site });
    if (best !== undefined) proposals.push(best);
  }
  return mergeMends(proposals);
}
