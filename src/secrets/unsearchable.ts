import { decodeText } from '../dialects/decodeText.ts';
import { classOf } from '../model/secretValue.ts';

/** A chart's archive, where it is a dependency that is rendered. */
const DEPENDENCY = /(?:^|\/)charts\/[^/]+\.tgz$/i;

/** Names of files that may hold a Secret. */
const MAY_HOLD =
  /(?:\.(?:p12|pfx|jks|bcfks|keystore|kdbx|zip|tar|t?gz|bz2|xz|zst|7z|rar|ya?ml|json|pem|key|env|txt|conf|ini|properties|toml|tfvars)|(?:^|\/)[^./]*)$/i;

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS = 'version https://git-lfs.github.com/spec/v1';

/**
 * Pictures, fonts, films and printed pages, by the bytes that they start with: other tools do not look into
 * them either. Where those are few, the name has to agree.
 * https://github.com/gitleaks/gitleaks/blob/v8.30.1/config/gitleaks.toml
 */
const MEDIA: readonly (readonly [hex: RegExp, name?: RegExp])[] = [
  [
    /^(?:89504e47|47494638|ffd8ff|49492a00|4d4d002a|25504446|774f46(?:46|32)|4f54544f|74746366|4f676753|494433)/,
  ],
  [/^(?:1a45dfa3|52494646.{8}(?:57454250|57415645|41564920)|.{8}66747970)/],
  [/^(?:424d|00000100|00000200|00010000)/, /\.(?:bmp|ico|cur|ttf|otf)$/i],
  [/^.{68}4c50/, /\.eot$/i],
];

/** What is packed by gzip, zip, xz, zstd, bzip2, 7-Zip or rar, whether or not there is a zero in its first bytes. */
const PACKED = /^(?:1f8b|504b0304|fd377a585a|28b52ffd|425a683[1-9]|377abcaf|52617221)/;

/** Why a file that might hold a Secret cannot be searched; null for any other. */
export function unsearchable(path: string, bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 1000));
  const [text, hex] = [decodeText(start), start.toString('hex')];
  if (text.startsWith(LFS)) return MAY_HOLD.test(path) ? 'Git LFS keeps its content elsewhere' : null;
  const isPacked = PACKED.test(hex);
  if (!isPacked && !isBinary(bytes)) return null;
  if (DEPENDENCY.test(path) || isMedia(path, hex) || classOf(text) === 'encrypted') return null;
  return isPacked ? 'it is an archive' : 'it is no text in UTF-8, nor in UTF-16 with a byte order mark';
}

function isMedia(path: string, hex: string): boolean {
  return MEDIA.some(([start, name]) => start.test(hex) && (name === undefined || name.test(path)));
}

/** As git tells binary files. */
export function isBinary(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return bytes.subarray(0, 8000).includes(0) && !hasMark;
}
