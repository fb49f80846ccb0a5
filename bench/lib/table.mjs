// Medians, ratios and rows of the tables.

/** What each contestant took, a list with one entry a round; they take turns. */
export async function inTurns(contestants, rounds) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, contestant] of Object.entries(contestants)) times[name].push(await contestant());
  }
  return times;
}

/** A row with what both took, and how many times as long the peer took. */
export function compare(cells, { ours, theirs, unit = 'milliseconds', goal = null }) {
  const [one, other] = [ours, theirs].map((times) => times.map((time) => time[unit]));
  if (one.includes(null) || other.includes(null)) return;
  const ratio = median(other) / median(one);
  row([...cells, withRange(one), withRange(other), `**${ratio.toPrecision(2)}**`, judged(ratio, goal)]);
}

/** Whether a figure is at least its goal; nothing where it has none. */
function judged(ratio, goal) {
  if (goal === null) return '';
  return `at least ${goal}: ${ratio >= goal ? 'met' : 'missed'}`;
}

/** Whether a figure is at most its goal. */
export function atMost(figure, goal, text = String(goal)) {
  return `at most ${text}: ${figure <= goal ? 'met' : 'missed'}`;
}

export function heading(...cells) {
  row(cells);
  row(cells.map((cell) => (/^[a-z ]*(?:overlays|pair|Applications|tokens)/.test(cell) ? '--:' : '---')));
}

export function row(cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

export function withRange(values) {
  return `${seconds(median(values))} s (${seconds(Math.min(...values))}–${seconds(Math.max(...values))})`;
}

export function median(values) {
  return quantile(values, 0.5);
}

/** The value that this part of the others is not above. */
export function quantile(values, part) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}

export function mebibytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
