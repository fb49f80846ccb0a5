// What `npm audit --json` says.

/**
 * @param {string} text what it printed.
 * @returns the names of packages with known vulnerabilities, or null where the registry gave no answer.
 */
export function npmAnswer(text) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    return null;
  }
  // A registry that was not reached, or has no audits, gives an error in place of a report.
  if (typeof answer?.vulnerabilities !== 'object' || answer.error !== undefined) return null;
  return Object.entries(answer.vulnerabilities).map(([name, { severity }]) => `${name} (${severity})`);
}
