import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { runDemo } from '../../src/demo/runDemo.ts';
import { type Demo, withDemo } from '../../src/demo/scenario.ts';
import { servePages } from '../../src/demo/servePages.ts';
import { DESCRIPTIONS } from '../emulator/conformance/descriptions.ts';

test('the demo prints the checks and the comment, red at first and green in the end', async () => {
  const out = new PassThrough();
  const printed = text(out);
  await runDemo({ serve: false, out });
  out.end();
  const output = await printed;

  const [opened = '', asked = '', mended = ''] = output.split(/^━━ .*$/m).slice(1);
  expect(opened).toMatch(/✅ hydrant\/render +success/);
  expect(opened).toMatch(/❌ hydrant\/schemas +failure: 1 new error in 2 of 22 targets/);
  expect(opened).toContain('apps/another-app/base/deployment.yaml:6: failure: unknown field spec.replica');
  expect(opened).toMatch(/❌ hydrant\/policies +failure: 1 new error in 3 of 22 targets/);
  expect(opened).toMatch(/❌ hydrant\/secrets +failure/);
  expect(opened).toContain('apps/myapp/overlays/staging/smtp.yaml:7: failure: ');
  expect(opened).toContain('## ❌ Hydrant: 3 new errors');
  expect(opened).toContain('+          image: myregistry/metrics-proxy:v0.10.0');
  expect(asked).toContain('/hydrant validate\n  │ 👀');
  expect(asked).toMatch(/❌ hydrant\/secrets +failure/);
  expect(mended.match(/✅ hydrant\/\w+ +success/g)).toHaveLength(4);
  expect(mended).toContain('## ✅ Hydrant: No new findings');
  expect(output).not.toContain('canary');
}, 180_000);

test('the pull request can be looked at as a page, with the files that it links to', async () => {
  const look = async (demo: Demo) => {
    const { checks, comments, head } = await demo.openMistakes();
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(['success', 'failure', 'failure', 'failure']);
    expect(comments).toHaveLength(1);

    const page = await (await fetch(servePages(demo))).text();
    expect(page).toContain('❌ Hydrant: 3 new errors');
    const link = /href="([^"]+apps\/another-app\/base\/deployment\.yaml#L6)"/.exec(page)?.[1] ?? '';
    expect(link).toContain(`/acme/gitops/blob/${head}/`);
    expect(await (await fetch(link)).text()).toContain('<li id="L6">  replica: 3 </li>');
    const missing = await fetch(`${demo.github.url}/acme/gitops/blob/${head}/nothing.yaml`);
    expect(missing.status).toBe(404);

    await demo.pushFixes();
    expect(demo.view().checks.every(({ conclusion }) => conclusion === 'success')).toBe(true);
    expect(demo.view().comments).toHaveLength(1);
    demo.github.assertConforming();
  };
  await withDemo(look, { conformance: DESCRIPTIONS });
}, 180_000);
