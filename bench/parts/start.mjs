// What a command takes that has nothing to do.
import { run } from '../lib/command.mjs';
import { changeNothing, generateRepository } from '../lib/generateRepository.mjs';
import { checkCommand, helpCommand } from '../lib/hydrant.mjs';
import { atMost, heading, inTurns, median, row, withRange } from '../lib/table.mjs';
import { emptyCache, folderIn, inWorkplace } from '../lib/workplace.mjs';

export function start(_, { rounds }) {
  return inWorkplace(async (workplace) => {
    const repository = generateRepository(folderIn(workplace, 'repository'), 10);
    const head = changeNothing(repository);
    const kept = emptyCache(workplace);
    const nothing = (cache) => run(checkCommand({ ...repository, base: repository.head, head }, cache));
    nothing(kept);
    const times = await inTurns(
      {
        node: () => run({ program: process.execPath, args: ['-e', '0'] }),
        help: () => run(helpCommand()),
        first: () => nothing(emptyCache(workplace)),
        later: () => nothing(kept),
      },
      rounds,
    );
    const wall = (name) => median(times[name].map(({ milliseconds }) => milliseconds));
    const show = (name, what, goal) =>
      row([
        what,
        ...['milliseconds', 'processor'].map((unit) => {
          const taken = times[name].map((time) => time[unit]);
          return taken.includes(null) ? '' : withRange(taken);
        }),
        goal,
      ]);
    heading('measured', 'clock', 'processor time', 'goal');
    show('node', '`node -e 0`', '');
    const ratio = wall('help') / wall('node');
    show('help', `\`hydrant --help\` (${ratio.toPrecision(2)} times that)`, atMost(ratio, 3, '3 times'));
    show('first', 'nothing to review, 10 overlays, nothing kept', '');
    show('later', 'nothing to review, 10 overlays', atMost(wall('later'), 600, '0.6 s'));
  });
}
