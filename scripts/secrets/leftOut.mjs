/** Rules of gitleaks that are not taken over, each with the reason. A rule that is gone upstream fails the generation. */
export const LEFT_OUT = {
  // Takes any long word behind a name such as `key` or `token`: names of Secrets, digests, labels.
  'generic-api-key': 'finds references and digests in any manifest',
  // Secrets are read as documents, with all of their fields.
  'kubernetes-secret-yaml': 'Secrets are searched as such',
  // Any forty hexadecimal digits in a text that has the name: commits of the project's repository.
  'sourcegraph-access-token': 'takes commit ids for tokens',
  // Placeholders and variables of shells of all kinds stand there.
  'curl-auth-user': 'finds commands of documentation',
  // Only in files of one name, which the rule needs to be told apart from prose.
  'freemius-secret-key': 'is for PHP alone',
  'hashicorp-tf-password': 'is for Terraform alone',
  'nuget-config-password': 'is for NuGet alone',
  // By the file's name alone: src/secrets/unsearchable.ts says that nobody has looked into it.
  'pkcs12-file': 'has no expression for a text',
  // Identifiers and keys that are published on purpose.
  'adobe-client-id': 'is no secret',
  'alibaba-access-key-id': 'is no secret',
  'asana-client-id': 'is no secret',
  'bitbucket-client-id': 'is no secret',
  'discord-client-id': 'is no secret',
  'flutterwave-public-key': 'is no secret',
  'linkedin-client-id': 'is no secret',
  'lob-pub-api-key': 'is no secret',
  'looker-client-id': 'is no secret',
  'mailgun-pub-key': 'is no secret',
  'messagebird-client-id': 'is no secret',
  'new-relic-browser-api-token': 'is no secret',
  'new-relic-user-api-id': 'is no secret',
  'plaid-client-id': 'is no secret',
  'sendbird-access-id': 'is no secret',
  'sumologic-access-id': 'is no secret',
};
