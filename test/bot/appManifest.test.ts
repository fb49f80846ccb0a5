import { expect, test } from '@jest/globals';
import { REGISTRATION } from '../../src/emulator/registration.ts';
import { appManifest } from './appManifest.ts';

// That they suffice is held by every scenario: the emulator gives and sends no more.
test('app.yml asks for the permissions and events that the emulator and the demo work with', () => {
  const { permissions, events } = appManifest();
  expect(permissions).toEqual(REGISTRATION.permissions);
  expect(events.toSorted()).toEqual([...REGISTRATION.events].toSorted());
});
