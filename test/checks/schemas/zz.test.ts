import { test } from '@jest/globals';
import fs, { readFileSync, readdirSync, statSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { openSchemaCatalogue } from '../../../src/checks/schemas/catalogue.ts';
import { findDuplicateKeys } from '../../../src/checks/schemas/duplicateKeys.ts';
import { toResources } from '../../../src/model/resource.ts';
import { isObject } from '../../../src/model/manifest.ts';
function* walk(d: string): Generator<string> { for (const n of readdirSync(d)) { if (n==='.git') continue; const p=`${d}/${n}`; let s; try { s = statSync(p);} catch {continue;} if (s.isDirectory()) yield* walk(p); else if (/\.ya?ml$/.test(n)) yield p; } }
test('x', async () => {
  const c0 = await openSchemaCatalogue({ kubernetesVersion: '1.37' });
  const docs: [string, never][] = [];const out: string[] = [];
  for (const f of walk('/root/go/pkg/mod/k8s.io/kubernetes@v1.37.2')) {
    const bytes = readFileSync(f);
    for (const v of findDuplicateKeys(f, bytes)) out.push(`DUP ${f}:${v.location.startLine} ${v.message}`);
    try { for (const d of parseAllDocuments(bytes.toString())) { if (d.errors.length) continue; const v = d.toJS(); if (isObject(v) && v['apiVersion'] && v['kind']) docs.push([f, v as never]); } } catch { /* */ }
  }
  const crds = docs.map(([,d])=>d).filter((d) => d['kind']==='CustomResourceDefinition');
  const c = c0.withCustomResources(crds);
  let checked=0, no=0; const nos = new Map<string,number>(); let t=0; const slow: [string,number][]=[];
  for (const [f,d] of docs) for (const r of toResources([d])) {
    const s=performance.now(); const a = c.check(r); const e=performance.now()-s; t+=e; if(e>100) slow.push([`${r.kind}`,e]);
    if (a.status==='no-schema') { no++; const k=`${r.group}/${r.version} ${r.kind} ${a.hint}`; nos.set(k,(nos.get(k)??0)+1); continue; }
    checked++;
    for (const v of a.violations) out.push(`${v.rule}\t${r.kind}\t${v.message}\t${f}`);
  }
  fs.writeFileSync('/tmp/corpus.txt', out.join('\n')+'\n');
  fs.writeFileSync('/tmp/corpus-no.txt', [...nos].map(([k,n])=>`${n} ${k}`).join('\n')+'\n');
  console.log(docs.length, crds.length, checked, no, out.length, t, JSON.stringify(slow));
}, 300000);
