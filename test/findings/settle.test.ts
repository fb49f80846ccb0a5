import { describe, expect, test } from '@jest/globals';
import { settle } from '../../src/findings/settle.ts';
import type { ComparedTarget } from '../../src/model/comparedTarget.ts';
import type { Violation } from '../../src/model/finding.ts';
import { type Judgement, NO_JUDGEMENT, onResource } from '../../src/model/judgement.ts';
import type { FailedRendering, RenderedTarget } from '../../src/model/rendering.ts';
import { type Resource, toResources } from '../../src/model/resource.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Target } from '../../src/model/target.ts';
import { kustomizeTarget } from '../../src/targets/findTargets.ts';

const [WEB = undefined as never] = toResources([
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
]);
const LINE = { path: 'a/web.yaml', startLine: 3, endLine: 3 };
const EMPTY: Snapshot = {
  gitDir: '',
  commit: '',
  committedAt: 0,
  entries: new Map(),
  read: () => Promise.reject(new Error('the file is not there')),
};

function violation(container: string, message = `container ${container} is privileged`): Violation {
  return { rule: 'security/privileged', severity: 'error', message, about: { container }, fieldPath: null };
}

function rendered(target: Target, resources: readonly Resource[] = [WEB]): RenderedTarget {
  return { status: 'rendered', target, trace: [], resources };
}

function failed(target: Target, message = 'it is not valid YAML'): FailedRendering {
  const problem = { kind: 'syntax', message, path: null, line: null, subject: null } as const;
  return { status: 'failed', target, trace: [], problem };
}

function sidesOf(id: string, change: Partial<ComparedTarget> = {}): ComparedTarget {
  const target = kustomizeTarget(id);
  return { target, affected: true, base: rendered(target), head: rendered(target), ...change };
}

/** Each finding as its status, target and line. */
async function settled(
  judgement: Partial<Judgement>,
  compared: readonly ComparedTarget[],
  changed: string[] = [],
) {
  const { findings, notValidated } = await settle(
    [{ concern: 'policies', judgement: { ...NO_JUDGEMENT, ...judgement } }],
    {
      compared,
      changedPaths: changed.map((path) => ({ path, change: 'changed' })),
      snapshots: { base: EMPTY, head: EMPTY },
      placesAt: (side, violations) => Promise.resolve(violations.map(() => (side === 'head' ? LINE : null))),
    },
  );
  const lines = findings.map(
    ({ status, target, location }) =>
      `${status} ${target}${location === null ? '' : ` :${location.startLine}`}`,
  );
  return { lines, notValidated };
}

function on(compared: ComparedTarget, ...violations: Violation[]) {
  return onResource(compared.target, WEB, violations);
}

describe('a violation is', () => {
  test('new where only the head has it, fixed where only the base has it', async () => {
    const a = sidesOf('a');
    const { lines } = await settled({ before: on(a, violation('old')), after: on(a, violation('new')) }, [a]);
    expect(lines).toEqual(['new a :3', 'fixed a']);
  });

  test('existing by its data, whatever its sentence says', async () => {
    const a = sidesOf('a');
    const { lines } = await settled(
      { before: on(a, violation('web')), after: on(a, violation('web', 'web may do everything')) },
      [a],
    );
    expect(lines).toEqual(['existing a :3']);
  });

  test('new for other data, even where the sentence is the same', async () => {
    const a = sidesOf('a');
    const said = 'a container is privileged';
    const { lines } = await settled(
      { before: on(a, violation('web', said)), after: on(a, violation('proxy', said)) },
      [a],
    );
    expect(lines).toEqual(['new a :3', 'fixed a']);
  });

  test('one new beside one existing where the head has two of a kind', async () => {
    const a = sidesOf('a');
    const { lines } = await settled(
      { before: on(a, violation('web')), after: on(a, violation('web'), violation('web')) },
      [a],
    );
    expect(lines.toSorted()).toEqual(['existing a :3', 'new a :3']);
  });

  test('left out where it exists in a target that the pull request does not affect', async () => {
    const a = sidesOf('a', { affected: false });
    const { lines } = await settled({ before: on(a, violation('web')), after: on(a, violation('web')) }, [a]);
    expect(lines).toEqual([]);
  });
});

describe('what nobody knows of the head is not fixed:', () => {
  test('in a target that no longer renders', async () => {
    const a = sidesOf('a', { head: failed(kustomizeTarget('a')) });
    expect((await settled({ before: on(a, violation('web')) }, [a])).lines).toEqual([]);
  });

  test.each(['security/privileged', 'security/'])('where %s could not tell', async (rule) => {
    const a = sidesOf('a');
    const undecided = [{ target: a.target, resource: WEB, rule }];
    expect((await settled({ before: on(a, violation('web')), undecided }, [a])).lines).toEqual([]);
  });

  test('and is where another rule could not tell', async () => {
    const a = sidesOf('a');
    const undecided = [{ target: a.target, resource: WEB, rule: 'schema/' }];
    expect((await settled({ before: on(a, violation('web')), undecided }, [a])).lines).toEqual(['fixed a']);
  });
});

describe('a failure', () => {
  const rule = { rule: 'render/syntax', severity: 'error', fieldPath: null } as const;
  const failure = (rendering: FailedRendering) => ({
    subject: { is: 'failure', rendering } as const,
    violation: { ...rule, message: rendering.problem.message, about: { said: rendering.problem.message } },
  });

  test('exists where its folder only got another name', async () => {
    const [gone, came] = [kustomizeTarget('old'), kustomizeTarget('new')];
    const [before, after] = [failed(gone, 'old/a.yaml is broken'), failed(came, 'new/a.yaml is broken')];
    const compared: ComparedTarget[] = [
      { target: gone, affected: true, base: before, head: null },
      { target: came, affected: true, base: null, head: after },
    ];
    const { lines } = await settled({ before: [failure(before)], after: [failure(after)] }, compared);
    expect(lines).toEqual(['existing new :3']);
  });

  test('that is new fails by itself; an existing one leaves a gap', async () => {
    const target = kustomizeTarget('a');
    const head = failure(failed(target));
    const gaps = [{ subject: 'a', reason: 'the target does not render', unlessNew: head }];
    const side = sidesOf('a', { base: failed(target), head: failed(target) });
    const existing = await settled({ before: [failure(failed(target))], after: [head], gaps }, [side]);
    expect(existing.notValidated).toEqual([
      { subject: 'a', reason: 'the target does not render', concern: 'policies' },
    ]);
    expect((await settled({ after: [head], gaps }, [side])).notValidated).toEqual([]);
  });
});

describe('a finding on a file', () => {
  const inFile = (path: string, targets: readonly string[]) => ({
    subject: { is: 'file', path, resource: null, targets } as const,
    violation: violation('web'),
    location: { path, startLine: 7, endLine: 7 },
  });

  test('stands once for each target that reads it', async () => {
    const { lines } = await settled({ after: [inFile('f.yaml', ['a', 'b'])] }, []);
    expect(lines).toEqual(['new a :7', 'new b :7']);
  });

  test('exists where the file only got another name', async () => {
    const { lines } = await settled(
      { before: [inFile('old.yaml', [])], after: [inFile('new.yaml', [])] },
      [],
      ['new.yaml'],
    );
    expect(lines).toEqual(['existing null :7']);
  });

  test('is compared by the values that it is about', async () => {
    const known = { before: new Set<string>(), after: new Set<string>() };
    const about = (value: string) => ({
      ...inFile('f.yaml', []),
      values: { owner: value, all: [{ counted: value, names: [] }], copy: value },
    });
    const { lines } = await settled({ before: [about('one')], after: [about('other')], known }, []);
    expect(lines).toEqual(['new null :7', 'fixed null']);
  });
});
