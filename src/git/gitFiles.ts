import { execFileSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

/** The files and folders of the git that is found first: its program, what it starts, its libraries. */
export function gitFiles({ PATH = '' }: NodeJS.ProcessEnv): string[] {
  const candidates = PATH.split(path.delimiter).map((folder) => path.join(folder, 'git'));
  const program = candidates.find(isProgram);
  if (program === undefined) return [];
  const real = realpathSync(program);
  return [real, execPath(program), path.join(path.dirname(path.dirname(real)), 'lib')].filter(Boolean);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** https://git-scm.com/docs/git#Documentation/git.txt---exec-pathpath; empty where it does not say. */
function execPath(program: string): string {
  try {
    return execFileSync(program, ['--exec-path'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}
