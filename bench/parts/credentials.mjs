// The search for credentials must not take more than the text and the number of its tokens are worth.
import { credentialSearches, TOKENS } from '../lib/credentialSearch.mjs';
import { compare, heading, inTurns } from '../lib/table.mjs';

export async function credentials(_, { rounds }) {
  const times = await inTurns(credentialSearches(), rounds);
  heading('tokens in 1 MB', 'measured', 'all rules', 'pass of one rule', 'one rule / all', 'goal');
  compare([TOKENS, 'search for credentials'], { ours: times.search, theirs: times.pass });
}
