import { createPublicKey, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';

/** What an App's owner gets from GitHub when registering it. */
export interface AppKeys {
  readonly id: number;
  readonly slug: string;
  /** PEM (PKCS #1), as GitHub hands it out. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** A new App with keys of its own. */
export function createAppKeys(): AppKeys {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { id: 424_242, slug: 'hydrant', privateKey, webhookSecret: randomBytes(16).toString('hex') };
}

/** GitHub refuses a JWT that lives longer than ten minutes. */
const LONGEST_LIFE = 600;
/** Clocks differ; GitHub allows about a minute. */
const CLOCK_DRIFT = 60;

/**
 * Why GitHub would refuse the JWT; null when it is the App's.
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function jwtProblem(app: AppKeys, jwt: string): string | null {
  const [header = '', claims = '', signature = ''] = jwt.split('.');
  const head = decode(header);
  const { iat, exp, iss } = decode(claims);
  if (head.alg !== 'RS256') return 'A JSON web token could not be decoded';
  const verifier = createVerify('RSA-SHA256').update(`${header}.${claims}`);
  if (!verifier.verify(createPublicKey(app.privateKey), signature, 'base64url')) {
    return 'A JSON web token could not be decoded';
  }
  const seconds = Date.now() / 1000;
  if (Number(iss) !== app.id) return "'Issuer' claim ('iss') must be an Integer or a Client ID";
  if (!(Number(iat) <= seconds + CLOCK_DRIFT))
    return "'Issued at' claim ('iat') must be an Integer in the past";
  if (!(Number(exp) > seconds))
    return "'Expiration time' claim ('exp') must be a numeric value in the future";
  if (Number(exp) > seconds + LONGEST_LIFE + CLOCK_DRIFT) {
    return "'Expiration time' claim ('exp') is too far in the future";
  }
  return null;
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
