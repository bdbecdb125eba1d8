// Blocks and rules that progress bars are drawn with, dots of Braille that spin.
const drawn = /[█▉▊▋▌▍▎▏━╸╺░▒▓]|\d%\||\[[=>#*.\- ]{3,200}\]/u;
const dots = /[\u2800-\u28FF]/u;
const wheel = /^\s*[|/\\-]\s*$/u;
const counted = /\d\s?%|\d\/\d/u;
const turning = /^\s*[|/\\-](?=\s)|\s[|/\\-]\s*$/u;

/** Whether a text that was printed over is a progress bar or a spinner beyond doubt. */
export function isBar(text: string): boolean {
  return drawn.test(text) || (dots.test(text) && !/\d/u.test(text)) || wheel.test(text);
}

/**
 * What a progress line (a percentage, n/m, a bar, a spinner) says before its numbers: a later one with the same label
 * replaces it. Null for any other text.
 */
export function progressLabel(text: string): string | null {
  if (counted.test(text) || isBar(text))
    return text.slice(0, Math.max(0, text.search(/[\d█▉▊▋▌▍▎▏━╸╺░▒▓[|]/u))).trim();
  return turning.test(text) ? text.replace(turning, "").trim() : null;
}
