import { expect, test } from '@jest/globals';
import { renderWorkflowCommands } from '../../src/report/workflowCommands.ts';
import { finding, gap, review, richReview } from './builders.ts';

test('a review with something of everything', () => {
  expect(renderWorkflowCommands(richReview())).toMatchSnapshot();
});

test('a text begins no command and ends no property', () => {
  const text = renderWorkflowCommands(
    review({
      findings: [
        finding({
          message: '100%\n::stop-commands::x',
          resource: null,
          fieldPath: null,
          targets: [],
          location: { path: 'a,title=b::c%\n.yaml', startLine: 1, endLine: 2 },
        }),
      ],
    }),
  );
  expect(text).toBe(`\
::error file=a%2Ctitle=b%3A%3Ac%25%0A.yaml,line=1,endLine=2,title=schema/unknown-field::100%25 ::stop-commands::x
::notice title=Hydrant%3A success::No new errors, 1 new error
`);
});

test('existing errors are told where the gate takes in all, and counted else', () => {
  const findings = [finding({ status: 'existing' }), finding({ status: 'existing', severity: 'warning' })];
  const verdict = 'failure';
  expect(renderWorkflowCommands(review({ gate: 'all', verdict, findings }))).toMatch(
    /^::error .*\(existing\)%0A.*\n::notice .*1 existing error \(and 1 existing finding\)\n$/,
  );
  expect(renderWorkflowCommands(review({ findings }))).toMatch(/^::notice .*\(and 2 existing findings\)\n$/);
});

test('what was not validated is a warning', () => {
  expect(renderWorkflowCommands(review({ verdict: 'neutral', notValidated: [gap()] }))).toBe(`\
::warning title=Not validated::example.com/v1 Widget: no schema for this kind (1 resource)
::notice title=Hydrant%3A neutral::No new errors, but 1 item not validated
`);
});
