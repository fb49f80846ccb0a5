// engine/internal/redact/dockerconfig.go has the same rules; testdata/classes.json holds both.

/**
 * True for a configuration of docker that names programs which log in, and has no login itself.
 * https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export function isConfigWithoutLogin(value: unknown): boolean {
  const fields = fieldsOf(value);
  if (fields === null || !fields.some(([name]) => name === 'credHelpers' || name === 'credsStore')) {
    return false;
  }
  return fields.every(([name, field]) => {
    if (name === 'credsStore') return isHelper(field);
    if (name === 'credHelpers') return fieldsOf(field)?.every(([, helper]) => isHelper(helper)) === true;
    return name === 'auths' && fieldsOf(field)?.every(([, login]) => holdsNothing(login)) === true;
  });
}

function fieldsOf(value: unknown): [name: string, field: unknown][] | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
}

/** The name of a program that logs in to a registry. */
function isHelper(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9.-]{0,40}$/.test(value);
}

function holdsNothing(login: unknown): boolean {
  return login === null || fieldsOf(login)?.every(([, field]) => field === null || field === '') === true;
}
