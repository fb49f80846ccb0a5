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
    // JDBC and ADO.NET, behind an address of a server.
    id: 'connection-string',
    keywords: ['jdbc:', 'server=', 'data source=', 'host=', 'accountendpoint='],
    regex: String.raw`(?i)(?:jdbc:|\b(?:server|data source|host|accountendpoint)=)[^\s"']{1,200}(?:[?&; ](?:user id|uid|username|user)=[^\s"'&;]{1,100})?[^\s"']{0,200}[?&; ](?:password|pwd)=([^\s"'&;]{3,200})`,
  },
];
