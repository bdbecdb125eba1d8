import { makeFinding } from "../../model/index.ts";
import { callsOf, definePractice } from "../practice.ts";

/** Read the clock whatever their arguments. */
const always =
  /^(?:datetime\.datetime\.(?:now|today|utcnow)|datetime\.date\.today|time\.time(?:_ns)?|pandas\.Timestamp\.(?:now|today|utcnow)|pendulum\.(?:now|today)|arrow\.(?:now|utcnow)|django\.utils\.timezone\.now)$/u;
/** Read it unless they are given a time. */
const withoutTime = /^time\.(?:ctime|localtime|gmtime|asctime)$/u;

/** The date or time of the run, where it is more than the measure of a duration or the time of a log line. */
export const clockReading = definePractice({
  id: "clock-reading",
  title: "the time of the run is read",
  find: (code) =>
    callsOf(code).flatMap(({ file, call }) => {
      const { name, use, literal, hasArguments } = call;
      const reads =
        always.test(name) ||
        (withoutTime.test(name) && !hasArguments) ||
        name === "time.strftime" ||
        (/^(?:numpy\.datetime64|pandas\.(?:Timestamp|to_datetime))$/u.test(name) &&
          /^(?:now|today)$/u.test(literal ?? ""));
      if (!reads || use !== undefined) return [];
      return [
        makeFinding("clock-reading", "warning", `${name} reads the clock`, {
          file,
          line: call.line,
          why: "Where the value reaches an output, the next run gives another one, though two runs on one day may agree.",
          fix: "Take the date from an argument, a declared variable or the data; leave times to the log.",
        }),
      ];
    }),
});
