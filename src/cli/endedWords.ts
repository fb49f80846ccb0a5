import type { Excess, ReviewEnded } from '../isolation/reviewEnded.ts';

/** Why a command was ended, for people, with what gives it more. */
export function endedWords({ message, why }: ReviewEnded, command: string): string {
  const ofCommand = command === 'check' ? message : message.replace('this review', `hydrant ${command}`);
  const way = WAYS[why];
  return way === undefined ? ofCommand : `${ofCommand}; ${way}`;
}

const WAYS: Readonly<Partial<Record<Excess, string>>> = {
  time: '--timeout gives it more time',
  memory: 'HYDRANT_REVIEW_MEMORY gives it more',
  output: 'HYDRANT_REVIEW_OUTPUT gives it more',
};
