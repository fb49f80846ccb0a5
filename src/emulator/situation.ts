import type { LoggedRequest } from './server.ts';
import type { Delivery } from './webhooks.ts';
import type { World } from './world.ts';

/** What had happened when waiting was in vain. */
export function situation(parts: {
  readonly requests: readonly LoggedRequest[];
  readonly deliveries: readonly Delivery[];
  readonly world: World;
}): string {
  const deliveries = parts.deliveries.map((one) => `${one.event}.${one.action} -> ${one.status}`);
  const requests = parts.requests.slice(-15).map((one) => `${one.method} ${one.path} -> ${one.status}`);
  const runs = parts.world.checkRuns.map(
    (run) => `${run.name} ${run.status} ${run.conclusion}: ${run.title}`,
  );
  const list = (title: string, lines: readonly string[]) => [
    `${title}:`,
    ...lines.map((line) => `  ${line}`),
  ];
  return [
    ...list('Webhooks', deliveries),
    ...list('Last requests', requests),
    ...list('Check runs', runs),
  ].join('\n');
}
