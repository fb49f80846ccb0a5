// Writes schemas/credential-rules.json: the rules of gitleaks by which credentials are known.
// `npm run generate:credential-rules`; needs Go, for the module; the file is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import { downloadModule } from './schemas/goModule.mjs';
import { LEFT_OUT } from './secrets/leftOut.mjs';

const MODULE = 'github.com/zricethezav/gitleaks/v8';
const VERSION = 'v8.30.1';
const DOCUMENT = 'config/gitleaks.toml';

const module = downloadModule(MODULE, VERSION);
const { rules, allowlist } = parse(readFileSync(`${module.Dir}/${DOCUMENT}`, 'utf8'));
const unknown = Object.keys(LEFT_OUT).filter((id) => !rules.some((rule) => rule.id === id));
if (unknown.length > 0) throw new Error(`gitleaks has no rule ${unknown.join(', ')} any more`);
const kept = rules.filter(({ id }) => !Object.hasOwn(LEFT_OUT, id)).map(ruleOf);
const provenance = {
  licence: 'MIT, Copyright (c) 2019 Zachary Rice',
  generator: 'npm run generate:credential-rules',
  rules: { module: MODULE, document: DOCUMENT, version: VERSION, sum: module.Sum },
};
const allowed = { regexes: allowlist.regexes, stopwords: allowlist.stopwords };
const lines = kept.map((rule) => JSON.stringify(rule)).join(',\n');
const text = `{\n"provenance":${JSON.stringify(provenance, null, 1)},\n"allowed":${JSON.stringify(allowed, null, 1)},\n"rules":[\n${lines}\n]\n}\n`;
writeFileSync(fileURLToPath(new URL('../schemas/credential-rules.json', import.meta.url)), text);
console.log(`schemas/credential-rules.json: ${kept.length} rules, ${text.length} bytes`);

/** What a text is searched by; allowed paths are those of files that no GitOps repository has. */
function ruleOf({ id, keywords, regex, entropy, secretGroup, allowlists = [] }) {
  if (regex === undefined || keywords === undefined) throw new Error(`rule ${id} cannot be taken over`);
  const allowed = allowlists
    .filter(({ regexes, stopwords }) => regexes !== undefined || stopwords !== undefined)
    .map(({ regexTarget, regexes, stopwords }) => ({ regexTarget, regexes, stopwords }));
  return { id, keywords, regex, entropy, secretGroup, ...(allowed.length > 0 ? { allowed } : {}) };
}
