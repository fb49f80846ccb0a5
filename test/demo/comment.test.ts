import { expect, test } from '@jest/globals';
import { commentHtml } from '../../src/demo/commentHtml.ts';
import { commentText } from '../../src/demo/commentText.ts';
import { renderComment } from '../../src/report/comment.ts';
import { richReview } from '../report/builders.ts';

const COMMENT = renderComment(richReview(), { repositoryUrl: 'https://github.com/acme/gitops' });

test('a comment in a terminal is what GitHub shows, without the markup', () => {
  expect(commentText(COMMENT)).toMatchSnapshot();
});

test('a comment on the page keeps its structure and colours its diffs', () => {
  const html = commentHtml(COMMENT);
  expect(html).toContain('<span class="added">+  replicas: 2</span>');
  expect(html).toContain('<h2>❌ Hydrant: ');
  expect(html.match(/<details(?: open)?>/g)).toHaveLength(7);
  expect(html).toContain('href="https://github.com/acme/gitops/blob/');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '<details ontoggle=alert(1) open>',
  '```diff\n+</code></pre><script>alert(1)</script>\n```',
])('the page takes the effect of %j', (markdown) => {
  expect(commentHtml(markdown)).not.toMatch(/<script|<img|on\w+=|href="javascript/i);
});
