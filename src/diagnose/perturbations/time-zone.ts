import { definePerturbation, whereDeclared } from "./perturbation.ts";

const zones = [
  { name: "Asia/Kolkata", rule: "IST-5:30" },
  { name: "America/New_York", rule: "EST5EDT,M3.2.0,M11.1.0" },
  { name: "Pacific/Kiritimati", rule: "<+14>-14" },
] as const;

/** tzset(3): a name where the zones are installed, else the rule itself. */
export const timeZone = definePerturbation({
  id: "time-zone",
  kind: "time-zone",
  title: "the time zone",
  varies: "elsewhere",
  fixed: "the time zone fixed",
  freed: "TZ changed",
  choices: zones.length - 1,
  apply(choice, { machine, inherited }) {
    // The variable is there in each run, so that only its value differs.
    if (choice === 0) return { variables: { TZ: inherited["TZ"] ?? machine.timeZone } };
    const others = zones.filter(({ name }) => name !== machine.timeZone);
    const zone = others[choice - 1] ?? zones[2];
    return { variables: { TZ: machine.hasZoneNames ? zone.name : zone.rule } };
  },
  notHere: whereDeclared("TZ"),
});
