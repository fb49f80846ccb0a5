import type { CredentialRule } from './credentialRules.ts';

/** What a person chose, as far as it is no word, no path and no reference to somewhere else. */
const PASSWORD = String.raw`["']?([^\s"'&;,$<>{}()%\[\]\x60]{8,40})(?:["'\s&;,]|$)`;

/** Words, names with hyphens, paths and addresses: a password of that form cannot be told from them. */
const NO_PASSWORD = [
  {
    regexes: ['^[^0-9]*$', '^[a-z0-9]+(?:[-_./:][a-z0-9]+)+$', String.raw`^/|://|^\*|^\.`],
  },
];

/** Credentials that are known by the format of the file that they stand in, in the form of gitleaks' rules. */
export const OWN_FILE_RULES: readonly CredentialRule[] = [
  {
    // https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration
    id: 'npmrc',
    keywords: ['_auth', '_password'],
    regex: String.raw`(?m)(?:^|[=\s])(?://\S+/:)?_(?:authToken|auth|password)\s*=\s*["']?([^\s"'$<{]{8,})`,
  },
  {
    // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
    id: 'netrc',
    keywords: ['machine'],
    regex: String.raw`\bmachine\s+\S+\s+login\s+\S+\s+password\s+([^\s$<{]{3,})`,
  },
  {
    // https://www.postgresql.org/docs/current/libpq-pgpass.html
    id: 'pgpass',
    keywords: ['pgpass', ':5432:', ':*:'],
    regex: String.raw`(?m)(?:^|=)[ \t]*[\w.*-]+:(?:\d{2,5}|\*):[\w*-]+:[\w*.-]+:([^\s$<{]{3,})$`,
  },
  {
    // https://developer.wordpress.org/advanced-administration/wordpress/wp-config/
    id: 'php-define',
    keywords: ['define('],
    regex: String.raw`define\(\s*["']\w*(?:PASSWORD|_KEY|_SALT)["']\s*,\s*["']([^"'$\s<{]{6,})["']`,
  },
  {
    // https://maven.apache.org/settings.html#servers
    id: 'maven-settings',
    keywords: ['<password>'],
    regex: String.raw`<username>[^<]*</username>\s*<password>([^<$\s{]{6,})</password>`,
  },
  {
    id: 'sql-password',
    keywords: ['password', 'identified by'],
    regex: String.raw`(?i)\b(?:create|alter)\s+(?:user|role)\b[^;\n]{0,100}?\b(?:password|identified by)\s+'([^'\n$<{]{6,})'`,
  },
  {
    // https://prometheus.io/docs/prometheus/latest/configuration/configuration/
    id: 'basic-auth',
    keywords: ['basic_auth'],
    regex: String.raw`basic_auth["']?\s*:\s*\{?\s*(?:["']?username["']?\s*:\s*\S+[,\s]\s*)?["']?password["']?\s*:\s*${PASSWORD}`,
    allowed: NO_PASSWORD,
  },
  {
    id: 'bearer-credentials',
    keywords: ['credentials'],
    regex: String.raw`\bauthorization["']?\s*:\s*\{?\s*(?:["']?type["']?\s*:\s*\S+[,\s]\s*)?["']?credentials["']?\s*:\s*["']?([\w.~+/-]{16,}=*)`,
    entropy: 3,
    allowed: [{ regexes: ['^[^0-9]*$', '^/'] }],
  },
  {
    // https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
    id: 'grafana-datasource',
    keywords: ['securejsondata'],
    regex: String.raw`secureJsonData["']?\s*:\s*\{?\s*["']?\w*[pP]assword["']?\s*:\s*${PASSWORD}`,
    allowed: NO_PASSWORD,
  },
  {
    // Properties, variables and arguments: a name that ends with what it is.
    id: 'password',
    keywords: ['password', 'passwd', 'passphrase', 'pwd'],
    regex: String.raw`(?i)(?:password|passwd|passphrase|pwd)["']?[ \t]*=[ \t]*${PASSWORD}`,
    entropy: 2.8,
    allowed: NO_PASSWORD,
  },
  {
    // https://redis.io/docs/latest/operate/oss_and_stack/management/config/
    id: 'redis-password',
    keywords: ['requirepass', 'masterauth'],
    regex: String.raw`(?m)(?:^|[\s"'-])(?:requirepass|masterauth)["']?[\s,:=]+${PASSWORD}`,
    allowed: NO_PASSWORD,
  },
  {
    // https://curl.se/docs/manpage.html#-u
    id: 'curl-user',
    keywords: ['curl', 'wget'],
    regex: String.raw`\bcurl\b[^\n|;]{0,200}?\s(?:-u|--user)[\s=]*["']?[\w.@+-]{1,60}:([^\s"'$<>{}():;,\x60]{6,60})(?:["'\s]|$)`,
    allowed: NO_PASSWORD,
  },
  {
    // https://dev.mysql.com/doc/refman/en/connecting.html
    id: 'mysql-argument',
    keywords: ['mysql', 'mariadb'],
    regex: String.raw`\b(?:mysql|mariadb)(?:dump|admin|import|check)?\b[^\n|;]{0,200}?\s-p["']?([^\s"'$<>{}();,\x60=-][^\s"'$<>{}();,\x60]{5,60})(?:["'\s]|$)`,
    allowed: NO_PASSWORD,
  },
  {
    // https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups
    id: 'cloud-init-password',
    keywords: ['plain_text_passwd', 'hashed_passwd', 'chpasswd', 'passwd:'],
    regex: String.raw`\b(?:plain_text_passwd|hashed_passwd|passwd)["']?\s*:\s*["']?(\$(?:1|2[aby]?|5|6|y)\$[\w./$=,]{20,150})`,
  },
  {
    id: 'cloud-init-plain-password',
    keywords: ['plain_text_passwd'],
    regex: String.raw`\bplain_text_passwd["']?\s*:\s*["']?([^\s"'$<>{}]{4,60})`,
  },
  {
    id: 'cloud-init-chpasswd',
    keywords: ['chpasswd'],
    regex: String.raw`\bchpasswd["']?\s*:\s*(?:expire\s*:\s*\S+\s*)?list\s*:\s*(?:[|>][-+]?|-)\s*["']?[\w-]+:([^\s"'$<>{}]{4,60})`,
  },
  {
    // https://prometheus.io/docs/alerting/latest/configuration/#file-layout-and-global-settings
    id: 'alertmanager',
    keywords: ['smtp_auth_password', 'service_key', 'routing_key'],
    regex: String.raw`\b(?:smtp_auth_password|service_key|routing_key)["']?\s*:\s*${PASSWORD}`,
    allowed: NO_PASSWORD,
  },
  {
    // https://www.wireguard.com/
    id: 'wireguard-key',
    keywords: ['privatekey'],
    regex: String.raw`\bPrivateKey\s*=\s*([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)`,
  },
  {
    // https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html
    id: 'putty-key',
    keywords: ['putty-user-key-file-'],
    regex: String.raw`PuTTY-User-Key-File-[23]:[\s\S]+?Encryption: none[\s\S]+?Private-Lines: \d+\s+([A-Za-z0-9+/=\s]+?)\s*Private-MAC`,
  },
  {
    // https://www.rfc-editor.org/rfc/rfc7517
    id: 'json-web-key',
    keywords: ['"kty"'],
    regex: String.raw`"kty"\s*:[^{}]*"d"\s*:\s*"([\w-]{40,})"`,
  },
  {
    // https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo
    id: 'kubeconfig',
    keywords: ['users:'],
    regex: String.raw`\busers:\s+-[\s\S]*?\buser:[\s\S]*?\s(?:token|password):\s*["']?([^\s"'$<{]{8,})`,
  },
  {
    // Of a service's own configuration, such as Spring's application.yml.
    id: 'password-in-mapping',
    keywords: ['password', 'passwd', 'passphrase'],
    regex: String.raw`(?im)^[ \t-]*["']?[\w.-]*(?:password|passwd|passphrase)["']?[ \t]*:[ \t]*["']?([^\s"'&;,$<>{}()%\[\]\x60|]{8,40})["']?[ \t]*(?:#.*)?$`,
    entropy: 2.8,
    allowed: NO_PASSWORD,
  },
];
