import type { Discovery } from '../../model/discovery.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';

type Known = Pick<Discovery, 'renderings' | 'declared' | 'notValidated' | 'violations'>;

/** Somebody of whose objects not all are known. */
interface Maker {
  readonly object: FoundObject | null;
  /** Where its objects go; null for anywhere. */
  readonly cluster: string | null;
  readonly namespace: string | null;
}

/**
 * That an object is not in the repository is only a warning where something that is not rendered,
 * or not generated, may make it: a Kustomization or Application of another repository, a set.
 */
export function withPossiblyMade(violations: readonly ObjectViolation[], known: Known): ObjectViolation[] {
  const makers = makersOf(known);
  return violations.map((one) => {
    const { object, violation, absent } = one;
    if (absent === undefined || violation.severity !== 'error') return one;
    if (!makers.some((maker) => mayMake(maker, object, absent.namespace))) return one;
    const message = `${violation.message}, unless something makes it that is not rendered here`;
    return { ...one, violation: { ...violation, severity: 'warning', message } };
  });
}

function makersOf({ renderings, declared, notValidated, violations }: Known): Maker[] {
  // What is wrong itself makes nothing, least of all what it lacks.
  const broken = new Set(
    violations.filter(({ violation }) => violation.severity === 'error').map(({ object }) => object),
  );
  const partly = new Set(notValidated.map(({ subject }) => subject));
  const targets = renderings
    .filter(({ status, target }) => status === 'failed' || partly.has(target.id))
    // A chart in a folder that no object names is as one that an object installs.
    .filter(({ target }) => declared.get(target.id)?.makesObjects ?? target.source.tool !== 'helm')
    .map(({ target }): Maker => {
      const record = declared.get(target.id);
      const { cluster } = target;
      return { object: record?.object ?? null, cluster, namespace: record?.confinedTo ?? null };
    });
  const sets = notValidated.flatMap(({ object }): Maker[] =>
    object === undefined ? [] : [{ object, cluster: null, namespace: null }],
  );
  return [...targets, ...sets].filter(({ object }) => object === null || !broken.has(object));
}

function mayMake({ object, cluster, namespace }: Maker, by: FoundObject, wanted: string): boolean {
  const isSameCluster = cluster === null || by.cluster === null || cluster === by.cluster;
  return object !== by && isSameCluster && (namespace === null || namespace === wanted);
}
