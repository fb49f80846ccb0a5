import { decodeText } from '../dialects/decodeText.ts';
import { classOf } from '../model/secretValue.ts';

/** Files that hold keys, or any files: what is in them is not looked at. A chart's archive is rendered. */
const CONTAINER = /\.(?:p12|pfx|jks|bcfks|keystore|kdbx|zip|tar|gz|bz2|xz|zst|7z|rar)$/i;

/** Files that may hold a Secret by their names. */
const TEXT = /(?:\.(?:ya?ml|json|pem|key|env|txt|conf|ini|properties|toml|tfvars)|(?:^|\/)[^./]*)$/i;

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS = 'version https://git-lfs.github.com/spec/v1';

/** Why a file that might hold a Secret cannot be searched; null for any other. */
export function unsearchable(path: string, bytes: Uint8Array): string | null {
  const start = decodeText(bytes.subarray(0, 1000));
  if (start.startsWith(LFS)) {
    return CONTAINER.test(path) || TEXT.test(path) ? 'Git LFS keeps its content elsewhere' : null;
  }
  if (!isBinary(bytes) || !CONTAINER.test(path) || classOf(start) === 'encrypted') return null;
  return 'it is an archive or a store of keys';
}

/** As git tells binary files. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe;
}
