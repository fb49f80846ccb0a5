import { describe, expect, test } from '@jest/globals';
import { classOf } from '../../src/model/secretValue.ts';
import { isHarmless } from '../../src/secrets/harmless.ts';

const judged = (key: string, text: string) => isHarmless({ key, class: classOf(text), text });

describe('a value of a Secret', () => {
  test.each([
    ['username', 'orders'],
    ['POSTGRES_USER', 'app_rw'],
    ['pgUser', 'app'],
    ['username.txt', 'admin\n'],
    ['email', 'bot@example.com'],
    ['clientId', '5f2d1c9a-0000-4000-8000-1234567890ab'],
    ['url', 'https://git.example.com/team/app.git'],
    ['database', 'orders'],
    ['region', 'eu-west-1'],
    ['DATABASE_KIND', 'postgresql'],
    ['anything', 'false'],
    ['anything', 'db.orders.svc.cluster.local'],
    ['anything', 'redis://cache:6379/0'],
    ['PORT', '5432'],
  ])('is no credential: %s %j', (key, text) => {
    expect(judged(key, text)).toBe(true);
  });

  test.each([
    ['password', 'orders'],
    ['password', 'true'],
    ['pin', '1234'],
    ['token', 'https://git.example.com'],
    ['apiKey', 'none'],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['anything', 'orders'],
    ['anything', '123456'],
    ['username', 'canary0123456789abcdef'],
    ['username', 'two words'],
    ['url', 'postgres://app:canary@db/orders'],
    ['url', 'app:canary@db/orders'],
    ['url', 'https://example.com/?sig=canary'],
    ['endpoint', 'https://hooks.example.com/services/T0/B0/CANARYcanary'],
    ['webhook_url', 'https://hooks.example.com/a'],
    ['dsn', 'https://example.com/1'],
  ])('may be one: %s %j', (key, text) => {
    expect(judged(key, text)).toBe(false);
  });

  test('whose text is hidden is told by its name, and an address by its form', () => {
    expect(isHarmless({ key: 'username', class: 'plain' })).toBe(true);
    expect(isHarmless({ key: 'url', class: 'plain' })).toBe(false);
    expect(isHarmless({ key: 'url', class: 'setting' })).toBe(true);
    expect(isHarmless({ key: 'password', class: 'setting' })).toBe(false);
  });

  test('counts as what it is in base64', () => {
    const encoded = { key: 'user', class: 'plain', encoded: true } as const;
    expect(isHarmless({ ...encoded, text: Buffer.from('orders').toString('base64') })).toBe(true);
    expect(isHarmless({ ...encoded, text: Buffer.from('two words').toString('base64') })).toBe(false);
  });
});
