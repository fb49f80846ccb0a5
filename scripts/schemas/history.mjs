const META = '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** The kinds of a swagger document that can stand in a manifest, by `apiVersion kind`. */
export function servedKinds({ definitions }) {
  const kinds = new Set();
  for (const definition of Object.values(definitions)) {
    const names = definition['x-kubernetes-group-version-kind'] ?? [];
    if (names.length !== 1 || definition.properties?.metadata?.$ref !== META) continue;
    const { group = '', version, kind } = names[0];
    kinds.add(`${group === '' ? version : `${group}/${version}`} ${kind}`);
  }
  return kinds;
}

/**
 * The kinds that a release lacks and an earlier one had, and those that are announced to go.
 * @param releases {minor, kinds}, the oldest first, without a gap.
 * @param lifecycle what upstream has announced, by `apiVersion kind`.
 * @returns entries of {first, removed?, deprecated?, replacement?}: `first` is the first minor
 *   version looked at that has it, `removed` the first that does not serve it any more.
 */
export function historyOf(releases, lifecycle) {
  const minors = releases.map(({ minor }) => minor);
  const names = new Set(releases.flatMap(({ kinds }) => [...kinds]));
  return [...names].toSorted(inOrder).flatMap((name) => {
    const serving = releases.filter(({ kinds }) => kinds.has(name)).map(({ minor }) => minor);
    const gone = minors[minors.indexOf(serving.at(-1)) + 1];
    const { removed: announced, deprecated, replacement } = lifecycle.get(name) ?? {};
    const removed = removal(gone, announced, minors.at(-1));
    if (deprecated === undefined && removed === undefined) return [];
    return [[name, JSON.parse(JSON.stringify({ first: serving[0], removed, deprecated, replacement }))]];
  });
}

/**
 * The documents are of servers with every API switched on: what was announced to go earlier
 * was off by then. An announcement that has not come true by the newest version does not count.
 */
function removal(gone, announced, newest) {
  if (announced === undefined) return gone;
  if (gone === undefined) return minorNumber(announced) > minorNumber(newest) ? announced : undefined;
  return minorNumber(announced) < minorNumber(gone) ? announced : gone;
}

function inOrder(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function minorNumber(minor) {
  return Number(minor.split('.')[1]);
}
