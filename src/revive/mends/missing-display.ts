import { withCommand } from "../attempt.ts";
import { defineMend } from "../mend.ts";

const signs =
  /no display name and no \$DISPLAY|couldn't connect to display|could not connect to display|cannot connect to X server|Could not load the Qt platform plugin|QXcbConnection|Cannot load backend '(?:TkAgg|Qt\w*|GTK\w*|WXAgg|MacOSX)'|requires the '\w+' interactive framework|Unable to access the X Display|pyglet\.\w*\.?NoSuchDisplayException/u;
const tkOfMatplotlib = /matplotlib[^]*No module named '_?tkinter'/iu;

/** A window that is opened where there is no screen: drawing goes to memory instead. */
export const missingDisplay = defineMend({
  id: "missing-display",
  apply({ attempt, failed }) {
    const { command, text } = failed;
    if (!signs.test(text) && !tkOfMatplotlib.test(text)) return null;
    if (command.env["MPLBACKEND"] !== undefined) return null;
    const env = { ...command.env, MPLBACKEND: "Agg", QT_QPA_PLATFORM: "offscreen" };
    return {
      attempt: withCommand(attempt, command.name, { env }),
      action: `run ${command.name} with MPLBACKEND=Agg and QT_QPA_PLATFORM=offscreen`,
      reason: "it opens a window, and others may run it where there is no screen",
      location: failed.place,
    };
  },
});
