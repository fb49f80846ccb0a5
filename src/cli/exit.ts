/** Exit codes of `hydrant check`; a contract with every CI that calls it. */
export const EXIT = {
  passed: 0,
  newErrors: 1,
  couldNotRun: 2,
  notValidated: 3,
} as const;
