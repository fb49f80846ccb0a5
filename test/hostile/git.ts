import { configMap } from '../helpers/operators.ts';
import type { HostileRepositories } from './hostile.ts';

const MANY_FILES = 2000;
const DEEP_FOLDERS = 150;
const LONG_NAME = 'n'.repeat(200);

const overlay = (folder: string, resource: string) => ({
  [`${folder}/kustomization.yaml`]: `resources: [${JSON.stringify(resource)}]\n`,
});
/** A manifest in UTF-16, little-endian. */
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** What stands in a tree of Git, and what files are called and made of. */
export const GIT: HostileRepositories = {
  'a symlink to itself': {
    files: { ...overlay('odd', 'loop.yaml'), 'odd/loop.yaml': { symlink: 'loop.yaml' } },
    said: 'odd/loop.yaml is a symlink that leads in a circle',
  },
  'symlinks to each other': {
    files: { ...overlay('odd', 'a'), 'odd/a': { symlink: 'b' }, 'odd/b': { symlink: 'a' } },
    said: 'odd/a is a symlink that leads in a circle',
  },
  'a symlink to a file of the machine': {
    files: { ...overlay('odd', 'passwd.yaml'), 'odd/passwd.yaml': { symlink: '/etc/passwd' } },
    said: 'odd/passwd.yaml is a symlink that leads out of the repository',
  },
  'a symlink that climbs out of the repository': {
    files: {
      ...overlay('odd', 'up.yaml'),
      'odd/up.yaml': { symlink: '../../../../../../etc/passwd' },
    },
    said: 'odd/up.yaml is a symlink that leads out of the repository',
  },
  'a folder that is a symlink to the root': {
    files: { ...overlay('odd', 'root/odd'), 'odd/root': { symlink: '..' } },
    said: 'odd comes back to itself through its bases',
  },
  'a submodule in place of a folder': {
    files: { ...overlay('odd', 'other'), 'odd/other': { submodule: 'a'.repeat(40) } },
    said: 'odd/other is a submodule: its files are in another repository',
  },
  'file names with line breaks and controls': {
    files: {
      ...overlay('odd', 'a\nb\u001b[2J\u202e.yaml'),
      'odd/a\nb\u001b[2J\u202e.yaml': 'kind: [\n',
    },
    said: 'odd: the target does not render',
  },
  'a name that is an option of Git': {
    files: { ...overlay('--upload-pack=x', '-rf.yaml'), '--upload-pack=x/-rf.yaml': 'kind: [\n' },
    said: '--upload-pack=x/-rf.yaml is not valid YAML',
  },
  'a name of two hundred letters in a folder of two hundred': {
    files: { ...overlay(LONG_NAME, `${LONG_NAME}.yaml`), [`${LONG_NAME}/${LONG_NAME}.yaml`]: 'kind: [\n' },
    said: LONG_NAME,
  },
  'folders in folders': {
    files: {
      ...overlay(Array(DEEP_FOLDERS).fill('d').join('/'), 'a.yaml'),
      [`${Array(DEEP_FOLDERS).fill('d').join('/')}/a.yaml`]: 'kind: [\n',
    },
    said: 'd/d/d: the target does not render',
  },
  'thousands of files': {
    files: Object.fromEntries(
      Array.from({ length: MANY_FILES }, (_, n) => [`many/${n}.yaml`, configMap(`c-${n}`)]),
    ),
    said: null,
  },
  'a manifest in UTF-16': {
    files: { ...overlay('odd', 'wide.yaml'), 'odd/wide.yaml': utf16(configMap('wide')) },
    said: null,
  },
  'a manifest of bytes that are no text': {
    files: {
      ...overlay('odd', 'bytes.yaml'),
      'odd/bytes.yaml': Uint8Array.from([0xff, 0xfe, 0x00, 0xc0, 0x80]),
    },
    said: 'odd/bytes.yaml is not valid YAML',
  },
  'a manifest with a mark of its bytes and line breaks of Windows': {
    files: {
      ...overlay('odd', 'marked.yaml'),
      'odd/marked.yaml': `\uFEFF${configMap('marked').replaceAll('\n', '\r\n')}`,
    },
    said: null,
  },
  'a manifest on one line of megabytes': {
    files: {
      ...overlay('odd', 'line.yaml'),
      'odd/line.yaml': configMap('line', `a: ${'x'.repeat(3_000_000)}`),
    },
    said: 'Too long: may not be more than 1048576 bytes',
  },
  'a kustomization that is a folder': {
    files: { 'odd/kustomization.yaml/a.yaml': configMap('a') },
    said: null,
  },
};
