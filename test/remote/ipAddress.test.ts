import { expect, test } from '@jest/globals';
import { kindOfIp } from '../../src/remote/ipAddress.ts';
import { fc } from '../helpers/properties.ts';

test.each([
  ['8.8.8.8', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['2606:4700::1111', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['64:ff9b::808:808', 'public'],
  ['127.0.0.1', 'local'],
  ['127.255.255.255', 'local'],
  ['::1', 'local'],
  ['::ffff:127.0.0.1', 'local'],
  ['10.0.0.0', 'local'],
  ['172.16.0.1', 'local'],
  ['172.31.255.255', 'local'],
  ['192.168.255.255', 'local'],
  ['100.64.0.1', 'local'],
  ['fc00::1', 'local'],
  ['fdff::1', 'local'],
  ['64:ff9b::7f00:1', 'never'],
  ['64:ff9b::a9fe:a9fe', 'never'],
  ['64:ff9b:1::808:808', 'never'],
  ['169.254.169.254', 'never'],
  ['fe80::1', 'never'],
  ['fe80::1%eth0', 'never'],
  ['fec0::1', 'never'],
  ['fd00:ec2::254', 'never'],
  ['fd00:0ec2:0::0254', 'never'],
  ['168.63.129.16', 'never'],
  ['0.0.0.0', 'never'],
  ['0.1.2.3', 'never'],
  ['::', 'never'],
  ['::7f00:1', 'never'],
  ['2002:7f00:1::', 'never'],
  ['2001:0:7f00:1::', 'never'],
  ['2001:db8::1', 'never'],
  ['4000::1', 'never'],
  ['198.18.0.1', 'never'],
  ['192.0.0.192', 'never'],
  ['203.0.113.1', 'never'],
  ['224.0.0.1', 'never'],
  ['239.255.255.255', 'never'],
  ['240.0.0.1', 'never'],
  ['255.255.255.255', 'never'],
  ['ff02::1', 'never'],
  ['', 'never'],
  ['localhost', 'never'],
])('%s is reached: %s', (ip, reach) => {
  expect(kindOfIp(ip).reach).toBe(reach);
});

test('an address is of one kind however it is written', () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      expect(kindOfIp(`::ffff:${ip}`)).toEqual(kindOfIp(ip));
      expect(kindOfIp(`64:ff9b::${ip}`).reach).toBe(kindOfIp(ip).reach === 'public' ? 'public' : 'never');
    }),
  );
  fc.assert(fc.property(fc.ipV6(), (ip) => kindOfIp(ip).words.length > 0));
});
