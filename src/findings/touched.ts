import { affectedIds, type ComparedTarget } from '../model/comparedTarget.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { Subject } from '../model/judgement.ts';
import type { ChangedPath } from '../model/snapshot.ts';

/** Tells whether the pull request touches a subject: its file, or the target that has it. */
export function isTouched({
  changedPaths,
  compared,
}: {
  readonly changedPaths: readonly ChangedPath[];
  readonly compared: readonly ComparedTarget[];
}): (subject: Subject) => boolean {
  const paths = new Set(changedPaths.map(({ path }) => path));
  const targets = affectedIds(compared);
  const isObjectTouched = ({ place }: FoundObject): boolean => {
    switch (place.in) {
      case 'file':
        return paths.has(place.path);
      case 'rendering':
        return targets.has(place.target.id);
      case 'object':
        return isObjectTouched(place.object);
    }
  };
  return (subject) => {
    switch (subject.is) {
      case 'object':
        return isObjectTouched(subject.object);
      case 'file':
        return paths.has(subject.path) || subject.targets.length > 0;
      case 'failure':
        return targets.has(subject.rendering.target.id);
      case 'resource':
      case 'target':
      case 'patch':
        return targets.has(subject.target.id);
    }
  };
}
