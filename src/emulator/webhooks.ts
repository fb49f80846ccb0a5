import { createHmac, randomUUID } from 'node:crypto';
import type { Watch } from './conformance.ts';
import type { Json } from './objects/json.ts';
import { nodeId } from './objects/json.ts';
import { repositoryObject } from './objects/repository.ts';
import { userObject } from './objects/user.ts';
import type { Account, Repository, World } from './world.ts';

/** A webhook that was sent. */
export interface Delivery {
  readonly event: string;
  readonly action: string;
  /** The id in `x-github-delivery`. */
  readonly id: string;
  /** What the receiver answered; null when there is none, or it could not be reached or did not subscribe. */
  readonly status: number | null;
  readonly durationMs: number;
}

/** Sent to every App that may write checks, subscribed or not. */
const ALWAYS = new Set(['check_run.rerequested', 'check_suite.requested', 'check_suite.rerequested']);

export interface Hook {
  readonly event: string;
  readonly action: string;
  readonly repository: Repository;
  readonly sender: Account;
  /** What the event has besides action, repository, installation and sender. */
  readonly fields: Json;
}

/** GitHub waits so long for the answer. */
const PATIENCE = 10_000;

/** Sends the App's webhooks, signed with its secret. */
export class Webhooks {
  /** Where the App listens; null: nowhere. */
  url: string | null = null;
  readonly deliveries: Delivery[] = [];
  readonly #world: World;
  readonly #watch: Watch;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();
  /** Bodies by delivery, for sending them once more. */
  readonly #sent = new Map<string, { readonly hook: Hook; readonly body: string }>();

  constructor(world: World, watch: Watch) {
    this.#world = world;
    this.#watch = watch;
  }

  /** Checks, signs and sends a webhook, and waits for the answer. */
  async send(hook: Hook): Promise<Delivery> {
    const payload = this.#payload(hook);
    const { conformance, violations } = this.#watch;
    violations.push(...conformance.payload({ ...hook, payload }));
    return this.#deliver(hook, JSON.stringify(payload), randomUUID());
  }

  /** Sends webhooks that nobody waits for. */
  inBackground(sending: Promise<unknown>): void {
    const noted = sending
      .catch((error: unknown) => {
        // A mistake of the emulator; whoever tests must see it.
        if (!this.#ended.signal.aborted)
          this.#watch.violations.push({ kind: 'payload', where: 'a webhook', message: String(error) });
      })
      .finally(() => this.#underWay.delete(noted));
    this.#underWay.add(noted);
  }

  /** Resolves when no webhook is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Gives up what is under way, and sends nothing more. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.url = null;
    await this.settled();
  }

  /** Sends a webhook with the same id and content again, as the Redeliver button does. */
  async redeliver(id: string): Promise<Delivery> {
    const sent = this.#sent.get(id);
    if (sent === undefined) throw new Error(`No webhook was sent with the id ${id}`);
    return this.#deliver(sent.hook, sent.body, id);
  }

  #payload({ action, repository, sender, fields }: Hook): Json {
    const installation = this.#world.installations.find(({ account }) => account === repository.owner);
    const payload = {
      action,
      ...fields,
      repository: repositoryObject(this.#world, repository),
      ...(installation && {
        installation: { id: installation.id, node_id: nodeId('Installation', installation.id) },
      }),
      sender: userObject(this.#world, sender),
    };
    // As it goes over the wire.
    return JSON.parse(JSON.stringify(payload));
  }

  async #deliver(hook: Hook, body: string, id: string): Promise<Delivery> {
    this.#sent.set(id, { hook, body });
    const started = performance.now();
    const status =
      this.url === null || !this.#isWanted(hook) ? null : await this.#post(this.url, { ...hook, body, id });
    const durationMs = performance.now() - started;
    const delivery = { event: hook.event, action: hook.action, id, status, durationMs };
    this.deliveries.push(delivery);
    return delivery;
  }

  #isWanted({ event, action }: Hook): boolean {
    const { permissions, events } = this.#world.registration;
    if (ALWAYS.has(`${event}.${action}`)) return permissions.checks === 'write';
    return events.includes(event);
  }

  async #post(
    url: string,
    hook: Hook & { readonly body: string; readonly id: string },
  ): Promise<number | null> {
    const { app } = this.#world;
    const signature = createHmac('sha256', app.webhookSecret).update(hook.body).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: hook.body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitHub-Hookshot/emulator',
          'x-github-event': hook.event,
          'x-github-delivery': hook.id,
          'x-github-hook-installation-target-id': String(app.id),
          'x-github-hook-installation-target-type': 'integration',
          'x-hub-signature-256': `sha256=${signature}`,
        },
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), this.#ended.signal]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  }
}
