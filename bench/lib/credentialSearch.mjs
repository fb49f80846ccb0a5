import { RE2JS } from 're2js';

/** As many as a file of a megabyte may have. */
export const TOKENS = 20_000;

/** A file of tokens, one a line: about a megabyte. */
function fileOfTokens() {
  let seed = 12_345;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const letter = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return letters[(seed >>> 8) % letters.length];
  };
  const token = () => `ghp${'_'}${Array.from({ length: 36 }, letter).join('')}`;
  return Array.from({ length: TOKENS }, (_, line) => `key${line}: ${token()}\n`).join('');
}

/** The search of Hydrant by all of its rules, and one pass of the single rule that finds the tokens, over one file. */
export function credentialSearches() {
  const text = fileOfTokens();
  return {
    async search() {
      const { credentialsIn } = await import('../../dist/src/secrets/detectors.js');
      return timed(async () => (await credentialsIn(text)).length);
    },
    pass() {
      const expression = RE2JS.compile('ghp_[0-9a-zA-Z]{36}');
      return timed(() => {
        const matcher = expression.matcher(text);
        let found = 0;
        while (matcher.find()) found += 1;
        return found;
      });
    },
  };
}

async function timed(search) {
  const start = performance.now();
  const found = await search();
  if (found !== TOKENS) throw new Error(`found ${found} of ${TOKENS} tokens`);
  return { milliseconds: performance.now() - start };
}
