/** The nouns as zod schemas: the second door of the room, for those who must check data from outside.
 *  Import it lazily: loading zod costs 50 ms. */
export { configSchema } from "./config.ts";
export { ladderSchema } from "./ladder.ts";
export { surveySchema } from "./survey.ts";
export { causeKinds } from "./cause.ts";
