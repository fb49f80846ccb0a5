import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { packageFile } from '../model/packageFile.ts';
import { enginePath } from './process.ts';

/** A program, and what of the machine it needs. */
export interface Confined {
  /** The program's path, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Files and folders that it reads and executes, besides those of the system. */
  readonly read: readonly string[];
  /** Folders in which it may write as well. */
  readonly write: readonly string[];
  /** Bytes that a file may get. */
  readonly fileBytes?: number | undefined;
  /** Files that it may have open at once. */
  readonly openFiles?: number | undefined;
}

/** What programs such as Node and Git need of a system: themselves, their libraries, name look-up, certificates. */
const SYSTEM = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  // A Git that Nix, Guix or Homebrew built.
  '/nix/store',
  '/gnu/store',
  '/home/linuxbrew/.linuxbrew',
  ...[
    'ld.so.cache',
    'ld.so.conf',
    'ld.so.conf.d',
    'alternatives',
    'ssl',
    'pki',
    'ca-certificates',
    'crypto-policies',
    'resolv.conf',
    'hosts',
    'host.conf',
    'nsswitch.conf',
    'gai.conf',
    'services',
    'protocols',
    'passwd',
    'group',
    'localtime',
    'gitconfig',
    'ssh/ssh_config',
    'ssh/ssh_config.d',
    'ssh/ssh_known_hosts',
  ].map((name) => `/etc/${name}`),
  // Where `resolv.conf` is kept by those that write it anew with each network.
  '/run/systemd/resolve',
  '/run/NetworkManager',
  '/run/resolvconf',
  // Of other processes the kernel shows nothing that is worth hiding: see test/engine/confinedCommand.test.ts.
  '/proc',
  '/sys/fs/cgroup',
  '/sys/devices/system/cpu',
  '/dev/urandom',
  '/dev/random',
];

/** Devices that are written to. */
const DEVICES = ['/dev/null', '/dev/zero'];

/**
 * The command that starts a program with the engine as its launcher, so that the kernel lets it
 * and all that it starts read and write what is named and nothing else. It may start
 * programs and use the network, but reaches no process that was there before. Where the kernel is
 * none of Linux the command is the program's own; an old Linux holds what it can, which the
 * engine's `describe` tells.
 */
export function confinedCommand(confined: Confined): readonly [string, ...string[]] {
  const launcher = launcherPath();
  // Where the engine was not built the program itself says so.
  if (process.platform !== 'linux' || !existsSync(launcher)) return confined.command;
  const { command, read, write, fileBytes, openFiles } = confined;
  const all = (flag: string, paths: readonly string[]) => paths.flatMap((one) => [flag, one]);
  const most = (flag: string, number: number | undefined) =>
    number === undefined ? [] : [flag, String(number)];
  return [
    launcher,
    'confine',
    ...all('--read', [...SYSTEM, ...nodeFiles(), ...read]),
    ...all('--write', [...DEVICES, ...write]),
    ...most('--file-bytes', fileBytes),
    ...most('--open-files', openFiles),
    '--',
    ...command,
  ];
}

/** The engine that was built: another one in its place need not know how to launch. */
function launcherPath(): string {
  const built = packageFile('dist/hydrant-engine');
  return existsSync(built) ? built : enginePath();
}

/** Node's program, and the libraries that it is made of wherever they are. */
function nodeFiles(): string[] {
  const mapped = readFileSync('/proc/self/maps', 'utf8').matchAll(/ (\/\S.*\.so(?:\.[\d.]+)?)$/gm);
  return [...new Set([realpathSync(process.execPath), ...[...mapped].map(([, file = '']) => file)])];
}
