/** When output has colours, as `--color` takes it. */
export const COLOR_NAMES = ['auto', 'always', 'never'] as const;
export type ColorWhen = (typeof COLOR_NAMES)[number];

/** Values of FORCE_COLOR that ask for colours: https://nodejs.org/api/tty.html#writestreamgetcolordepthenv */
const FORCING = ['', '1', '2', '3', 'true'];

/**
 * Tells whether output has colours. What is said on the command line counts first; then, as in Node, FORCE_COLOR and
 * after it NO_COLOR (https://no-color.org); then whether a terminal that can show them is there.
 */
export function wantsColor(
  when: ColorWhen,
  { env, isTTY }: { readonly env: NodeJS.ProcessEnv; readonly isTTY: boolean | undefined },
): boolean {
  if (when !== 'auto') return when === 'always';
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced !== undefined) return FORCING.includes(forced);
  if (refused !== undefined && refused !== '') return false;
  return isTTY === true && terminal !== 'dumb';
}
