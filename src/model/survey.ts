import { z } from "zod";
import { commandKindSchema } from "./command.ts";

/** Comparisons with what the owner committed, by verdict. */
export const comparisonCountsSchema = z
  .object({
    compared: z.int().nonnegative(),
    identical: z.int().nonnegative(),
    normalised: z.int().nonnegative(),
    tolerance: z.int().nonnegative(),
    different: z.int().nonnegative(),
  })
  .readonly();
export type ComparisonCounts = z.infer<typeof comparisonCountsSchema>;

/** One thing of a project that was run, or was to be. */
export const surveyEntrySchema = z
  .object({
    /** As the survey was asked for it, else the command's name. */
    name: z.string(),
    kind: commandKindSchema,
    /** Null where the verb runs nothing. */
    ran: z.boolean().nullable(),
    /** Of its last run; null where it was never started. */
    seconds: z.number().nonnegative().nullable(),
    /** Code cells with stored text, pictures apart. */
    cells: comparisonCountsSchema,
    /** Why it did not run, or gave something else each time; begins with file:line where a place is known. */
    cause: z.string().nullable(),
    /** Code cells with stored pictures. */
    images: comparisonCountsSchema,
    /** Committed files that are no notebooks and that the run wrote. */
    files: comparisonCountsSchema,
    /** What differs from the committed state, with the first place. */
    differences: z.array(z.string()).readonly(),
    /** The day that it belongs to (ISO 8601). */
    date: z.string().nullable(),
    /** The Python that it ran on. */
    python: z.string().nullable(),
  })
  .readonly();
export type SurveyEntry = z.infer<typeof surveyEntrySchema>;

export const surveyVerbSchema = z.enum(["check", "revive", "prove"]);
export type SurveyVerb = z.infer<typeof surveyVerbSchema>;

/** What a survey says of one project. */
export const surveyProjectSchema = z
  .object({
    /** Its folder's name; the path as given where two have the same. */
    project: z.string(),
    /** Null where it is unknown: a level is proved by repeated runs, so that one run can only rule it out. */
    level: z.int().min(-1).max(7).nullable(),
    entries: z.array(surveyEntrySchema).readonly(),
    /** What stopped the work on the project as a whole; null where nothing did. */
    cause: z.string().nullable(),
    directory: z.string(),
    verb: surveyVerbSchema,
    /** What was done to make it run, each with its reason. */
    steps: z.array(z.string()).readonly(),
    /** All the work on it took this long. */
    seconds: z.number().nonnegative(),
    /** When it was looked at (ISO 8601, UTC). */
    at: z.string(),
  })
  .readonly();
export type SurveyProject = z.infer<typeof surveyProjectSchema>;

/** The public contract of rung survey --json. */
export const surveySchema = z.array(surveyProjectSchema).readonly();
