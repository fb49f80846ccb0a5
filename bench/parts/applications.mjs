// Where a chart comes from must not matter: each Application's is fetched, or stands in the repository.
import { generateApplications, packChart } from '../lib/chartRepository.mjs';
import { applicationsCheck } from '../lib/hydrant.mjs';
import { serveFolder } from '../lib/serveFolder.mjs';
import { compare, heading, inTurns } from '../lib/table.mjs';
import { emptyCache, folderIn, inWorkplace } from '../lib/workplace.mjs';

/** As many as a platform team has of one chart; they make 420 findings. */
const APPLICATIONS = 60;

export function applications(_, { rounds }) {
  return inWorkplace((workplace) => measure(workplace, rounds));
}

async function measure(workplace, rounds) {
  const chart = folderIn(workplace, 'chart');
  const { files } = packChart(chart);
  const { address, close } = await serveFolder(chart);
  const repository = (name, from) =>
    generateApplications(folderIn(workplace, name), { count: APPLICATIONS, files, ...from });
  const [fetched, own] = [repository('fetched', { address }), repository('own', {})];
  const cache = () => emptyCache(workplace);
  try {
    const times = await inTurns(
      {
        fetched: () => applicationsCheck(fetched, cache()),
        own: () => applicationsCheck(own, cache()),
      },
      rounds,
    );
    const sides = { ours: times.fetched, theirs: times.own };
    heading('Applications', 'measured', 'chart fetched', 'chart committed', 'committed / fetched', 'goal');
    compare([APPLICATIONS, 'review'], sides);
    compare([APPLICATIONS, 'processor time'], { ...sides, unit: 'processor' });
  } finally {
    close();
  }
}
