/**
 * Words that are passwords in many a repository and mean something else everywhere else: a report
 * without them could not be read. engine/internal/redact/ordinary.go has the same.
 */
const COMMON = new Set(
  `access account address admin administrator anonymous application backend changeit cluster config
   configmap container customer database default deploy deployer deployment developer development
   disabled elastic elasticsearch enabled example external frontend gitlab grafana guest harbor hostname
   ingress internal jenkins keycloak kubernetes localhost manager mariadb minioadmin mongodb monitor
   monitoring namespace nobody operator password password1 passw0rd postgres postgresql private
   production prometheus public rabbitmq readonly redacted redis registry release replica replication
   required restricted root secret secrets server service staging standard string superuser system
   test testing token unknown user username vault`.split(/\s+/),
);

/** Single words below this length stand in too many others. */
const SHORTEST_WORD = 8;

/** True for a text that says nothing of a secret where it stands elsewhere: a common word, a short one. */
export function isCommon(text: string): boolean {
  const small = text.toLowerCase();
  if (COMMON.has(small)) return true;
  const isWord = text === small || text.slice(1) === small.slice(1) || text === text.toUpperCase();
  return isWord && text.length < SHORTEST_WORD && /^(?:[a-z]+|[0-9]+)$/.test(small);
}

/**
 * True for a text that nobody would choose as a name: letters of both cases, digits and signs
 * in one word, or digits and letters in turn. `app-v2`, `Hunter2024` and `db1.example.com` are names.
 */
export function isRandom(text: string): boolean {
  if (text.length < SHORTEST_WORD || /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?$/.test(text)) return false;
  const segments = text.split(/[-_./:]+/);
  if (segments.every((segment) => /^(?:v?[0-9]*|[A-Za-z]?[a-z]*[0-9]*|[A-Z]+[0-9]*)$/.test(segment)))
    return false;
  const turns = (text.match(/[0-9](?=[A-Za-z])|[A-Za-z](?=[0-9])/g) ?? []).length;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^\w./:-]/].filter((kind) => kind.test(text)).length;
  if (turns >= 2 || (kinds >= 3 && /[0-9]/.test(text))) return true;
  // Letters alone: camelCase has few capitals, encodings have many.
  const capitals = (text.match(/[a-z](?=[A-Z])/g) ?? []).length;
  return text.length >= 12 && capitals * 4 >= text.length;
}
