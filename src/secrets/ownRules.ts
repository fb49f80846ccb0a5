import type { CredentialRule } from './credentialRules.ts';

/**
 * Credentials that neither secretlint nor gitleaks knows, in the form of gitleaks' rules: connection
 * strings of whatever scheme, and the keys of Azure's accounts.
 */
export const OWN_RULES: readonly CredentialRule[] = [
  {
    id: 'address-with-password',
    keywords: ['://'],
    regex: String.raw`\b[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\s:/?#@"'\x60<>]{0,100}:[^\s/@"'\x60<>]{3,200}@[\w.\[-]`,
  },
  {
    // https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
    id: 'azure-storage-key',
    keywords: ['accountkey'],
    regex: String.raw`(?i)accountkey["']?\s?[=:]\s?["']?([a-z0-9+/]{86}==)`,
  },
  {
    // https://learn.microsoft.com/azure/event-hubs/event-hubs-get-connection-string
    id: 'azure-shared-access-key',
    keywords: ['sharedaccesskey='],
    regex: `(?i)sharedaccesskey=([a-z0-9+/]{43}=)`,
  },
  {
    // JDBC, ADO.NET and libpq, behind an address of a server.
    id: 'connection-string',
    keywords: ['jdbc:', 'server=', 'data source=', 'host=', 'accountendpoint='],
    regex: String.raw`(?i)(?:jdbc:|\b(?:server|data source|host|accountendpoint)=)[^\s"']+(?: +\w+(?: \w+)?=[^\s"'&;]+)*[?&; ]+(?:password|pwd)=([^\s"'&;]{3,200})`,
  },
  {
    // https://github.com/go-sql-driver/mysql#dsn-data-source-name
    id: 'mysql-dsn',
    keywords: ['@tcp(', '@unix('],
    regex: String.raw`\b[\w.-]{1,60}:([^\s:@"'/]{3,100})@(?:tcp|unix)\(`,
  },
  {
    // https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html
    id: 'oracle-thin-url',
    keywords: ['jdbc:oracle'],
    regex: String.raw`(?i)jdbc:oracle:(?:thin|oci):[\w.]+/([^\s@"'/]{3,100})@`,
  },
  {
    // https://learn.microsoft.com/azure/storage/common/storage-sas-overview
    id: 'azure-shared-access-signature',
    keywords: ['sig='],
    regex: String.raw`[?&]sv=\d{4}-\d\d-\d\d[^\s"']*&sig=([\w%+/-]{40,}(?:=|%3D))`,
  },
  {
    // As an argument of a command; variables of that name are known to secretlint.
    id: 'aws-secret-argument',
    keywords: ['aws-secret'],
    regex: String.raw`(?i)aws-secret-(?:access-)?key["']?[\s,]*[=:"'\s][\s"'-]*([a-z0-9/+]{40})(?:[^a-z0-9/+=]|$)`,
    entropy: 3,
  },
  {
    id: 'discord-webhook',
    keywords: ['api/webhooks/'],
    regex: String.raw`https://discord(?:app)?\.com/api/webhooks/\d{17,20}/([\w-]{60,80})`,
  },
  {
    // https://tailscale.com/kb/1085/auth-keys
    id: 'tailscale-key',
    keywords: ['tskey-'],
    regex: String.raw`\btskey-[a-z]{3,10}-\w{6,30}-\w{20,60}\b`,
  },
  {
    // https://docs.docker.com/security/access-tokens/
    id: 'docker-hub-token',
    keywords: ['dckr_'],
    regex: String.raw`\bdckr_[po]at_[\w-]{27,40}`,
  },
  {
    // https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/
    id: 'new-relic-license-key',
    keywords: ['nral'],
    regex: String.raw`\b[0-9a-f]{36}NRAL\b`,
  },
  {
    // Tokens without a form, by the variables that the services' own tools read.
    id: 'service-token',
    keywords: ['dd_api_key', 'dd_app_key', 'cf_api_token', 'cf_api_key', 'hcloud_token', 'linode_token'],
    regex: String.raw`(?i)\b(?:dd_a[a-z]{2}_key|cf_api_(?:token|key)|hcloud_token|linode_token)["']?\s*[=:]\s*["']?([a-z0-9_-]{32,64})\b`,
    entropy: 3,
  },
  {
    // OAuth 2.0 and OpenID Connect: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
    id: 'client-secret',
    keywords: ['client-secret', 'client_secret', 'clientsecret', 'cookie-secret', 'cookie_secret'],
    regex: String.raw`(?i)(?:client|cookie)[_-]?secret["']?\s*[=:]\s*["']?([a-z0-9_~.-]{20,64}=?=?)(?:["'\s,;&]|$)`,
    entropy: 3.3,
    allowed: [{ regexes: ['^[^0-9]*$', '^[a-z0-9]+(?:[-_.][a-z0-9]+)+$'] }],
  },
  {
    id: 'authorization-header',
    keywords: ['basic ', 'bearer '],
    regex: String.raw`(?i)\bauthorization["']?\s*[:=]?\s*["']?(?:basic\s+([a-z0-9+/]{8,}={0,2})|bearer\s+([a-z0-9._~+/-]{20,}=*))(?:["'\s\\]|$)`,
    entropy: 3,
  },
];
