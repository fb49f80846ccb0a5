import type { Violation } from '../../model/finding.ts';

/** As many patches of one target as are tried. */
export const MOST_PATCHES = 20;

/** An operation that is true of no resource: whatever it is applied to fails. */
export const PROBE = JSON.stringify([{ op: 'test', path: '/kind', value: 'hydrant-probe' }]);

/** That a patch's target selects nothing. @param selector each field with its value, such as `kind Deployment`. */
export function idlePatch(selector: readonly string[]): Violation {
  const about = { selector };
  return {
    rule: 'render/patch-without-target',
    severity: 'warning',
    message: sentence(about),
    about,
    fieldPath: null,
  };
}

function sentence({ selector }: { readonly selector: readonly string[] }): string {
  return `the target of the patch (${selector.join(', ')}) selects no resource, so that the patch changes nothing`;
}
