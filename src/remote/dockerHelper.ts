import { spawn } from 'node:child_process';
import type { Login } from './credentials.ts';
import { Refusal } from './refusal.ts';

/** A helper may ask a server of its own. */
const TIMEOUT_MS = 20_000;

/**
 * The login that a credential helper of Docker has for a registry; undefined where it has none.
 * @param helper its name: the program is `docker-credential-<name>`.
 * @param names how the registry may be written.
 * @see https://github.com/docker/docker-credential-helpers#development
 * @throws {Refusal} where there is no such program, or it fails.
 */
export async function askHelper(
  helper: string,
  names: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Login | undefined> {
  for (const name of names) {
    const login = loginIn(await run(helper, name, env));
    if (login !== undefined) return login;
  }
  return undefined;
}

async function run(helper: string, server: string, env: NodeJS.ProcessEnv): Promise<string> {
  const program = `docker-credential-${helper}`;
  if (!/^[\w.-]+$/.test(helper)) throw failed(program, 'which is no name of a program');
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { env, stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    // A helper that does not read what it is asked closes its end.
    child.stdin.on('error', () => {});
    child.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? 'which is not installed' : 'which cannot be run';
      reject(failed(program, reason));
    });
    child.on('close', (code) => {
      // https://github.com/docker/docker-credential-helpers/blob/master/credentials/error.go
      if (code === 0 || /credentials not found/i.test(said)) resolve(said);
      else reject(failed(program, 'which failed'));
    });
    child.stdin.end(server);
  });
}

/** What a helper says is never quoted. */
function failed(program: string, reason: string): Refusal {
  return new Refusal(
    `Docker's config.json names the credential helper \`${program}\`, ${reason}; install or mend it, or take it out of \`credHelpers\` and \`credsStore\``,
  );
}

function loginIn(said: string): Login | undefined {
  try {
    const answer: unknown = JSON.parse(said);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const user: unknown = Reflect.get(answer, 'Username');
    const password: unknown = Reflect.get(answer, 'Secret');
    if (typeof user !== 'string' || typeof password !== 'string' || password === '') return undefined;
    return { user, password };
  } catch {
    return undefined;
  }
}
