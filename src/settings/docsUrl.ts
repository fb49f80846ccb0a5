/**
 * Where whoever runs Hydrant has its documentation: `HYDRANT_DOCS_URL`, without a slash at its end. Rules are
 * links to pages below it.
 * @returns undefined where nothing is set, and for what is no address.
 */
export function docsUrl({ HYDRANT_DOCS_URL: given = '' }: NodeJS.ProcessEnv): string | undefined {
  if (!/^https?:/.test(given) || !URL.canParse(given)) return undefined;
  return given.replace(/\/+$/, '');
}
