import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Evaluator } from '../../../src/checks/policies/evaluator.ts';
import { SUPPLIED_BUILTINS } from '../../../src/checks/policies/suppliedBuiltins.ts';
import { CUSTOM_BUILTINS } from '../../../src/checks/policies/worker/builtins.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { packageFile } from '../../../src/model/packageFile.ts';
import { fc, runs } from '../../helpers/properties.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** A Rego expression, whose value must be the same here and in OPA's own evaluator. */
type Expression = string;

/** What WebAssembly with our functions makes of each; undefined for undefined. */
async function ours(expressions: readonly Expression[]): Promise<(string | undefined)[]> {
  const rules = expressions.map(
    (expression, index) => `deny contains {"index": ${index}, "json": json.marshal(x)} if x := ${expression}`,
  );
  const reply = await engine.compileRego({
    modules: [{ path: 'main.rego', content: ['package main', ...rules].join('\n\n') }],
    builtins: SUPPLIED_BUILTINS,
    form: 'conftest',
  });
  expect(reply.errors).toEqual([]);
  const evaluator = new Evaluator({
    wasm: Buffer.from(reply.wasm ?? '', 'base64'),
    entrypoints: ['main/deny'],
  });
  const [[evaluation] = []] = await evaluator.evaluate(['{}'], '{}');
  if (evaluation === undefined || 'error' in evaluation) throw new Error(evaluation?.error);
  // The rules above make them so.
  const results = evaluation.results as { index: number; json: string }[];
  return expressions.map((_, index) => results.find((result) => result.index === index)?.json);
}

/** Has OPA say whether each has the value that was found. */
async function expectOpaAgrees(expressions: readonly Expression[]): Promise<void> {
  const found = await ours(expressions);
  const tests = expressions.map((expression, index) => {
    const value = found[index];
    if (value === undefined) return `test_${index} if {\n\tcount([x | x := ${expression}]) == 0\n}`;
    return `test_${index} if {\n\tx := ${expression}\n\tx == ${value}\n}`;
  });
  const { results, errors } = await engine.testRego({
    modules: [{ path: 'main_test.rego', content: ['package main_test', ...tests].join('\n\n') }],
    builtins: SUPPLIED_BUILTINS,
  });
  expect(errors).toEqual([]);
  expect(results).toHaveLength(expressions.length);
  const wrong = results
    .filter(({ passed }) => !passed)
    .map(({ name }) => Number(name.slice('test_'.length)))
    .map((index) => ({ expression: expressions[index], ours: found[index] }));
  expect(wrong).toEqual([]);
}

const text = JSON.stringify;

const implemented = Object.keys(CUSTOM_BUILTINS);

function isHexOfFraction(verb: string, value: string): boolean {
  return /[xXb]$/.test(verb) && /^-?\d+\.\d+$/.test(value);
}

describe('the functions that the evaluator supplies', () => {
  test('are those that are said to be supplied', () => {
    const names = SUPPLIED_BUILTINS.map((name) => `supplied_${name.replaceAll('.', '_')}`);
    expect(implemented.toSorted()).toEqual(names.toSorted());
  });

  test('are those that the docs name', () => {
    const page = readFileSync(packageFile('docs/your-own-policies.md'), 'utf8');
    expect(SUPPLIED_BUILTINS.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('sprintf is Go’s', async () => {
    const directives = [
      '%v',
      '%s',
      '%d',
      '%q',
      '%x',
      '%X',
      '%o',
      '%b',
      '%e',
      '%g',
      '%f',
      '%.2f',
      '%t',
      '%T',
      '%z',
    ];
    const shapes = [
      '%5d',
      '%-5d|',
      '%05d',
      '%+d',
      '%#x',
      '%.3d',
      '%10s|',
      '%-10s|',
      '%.2s',
      '%8.3f',
      '%+.1e',
      '%6v|',
    ];
    const values = [
      '"a\\"é\\n"',
      '""',
      '0',
      '-7',
      '255',
      '1.5',
      '-0.00001',
      '1234567.5',
      'true',
      'null',
      '["a", 1]',
      '{"a": {"b"}}',
      '{"b", "a"}',
      'set()',
      '{}',
      '{"b": 1, "a": "x"}',
      '{{2}, {1}}',
    ];
    const combinations = [...directives, ...shapes].flatMap((verb) =>
      values.filter((value) => !isHexOfFraction(verb, value)).map((value) => ({ verb, value })),
    );
    await expectOpaAgrees(combinations.map(({ verb, value }) => `sprintf(${text(`<${verb}>`)}, [${value}])`));
  });

  test('sprintf takes too few, too many and numbered arguments', async () => {
    await expectOpaAgrees([
      'sprintf("%s and %s", ["a"])',
      'sprintf("%s", ["a", 1, 2.5])',
      'sprintf("none", [{"a"}])',
      'sprintf("100%", [])',
      'sprintf("100%%, %d%%", [3])',
      'sprintf("%[2]s %[1]s", ["a", "b"])',
      'sprintf("%[3]s", ["a", "b"])',
      'sprintf("%*d|", [5, 42])',
      'sprintf("%c %U %q", [233, 233, 65])',
    ]);
  });

  test('what is in no order is written in OPA’s', async () => {
    const keys = ['zebra', 'ant', 'Bee', 'cow', 'é', 'dog', 'x y', '10', '9'];
    const flat = `{${keys.map((key, index) => `${text(key)}: ${index}`).join(', ')}}`;
    const set = `{${keys.map((key) => text(key)).join(', ')}}`;
    const mixed =
      '{null, true, false, 10, 9, 1.50, "b", "a", [2, 1], [1], {"k": {2, 1}}, {"j": 3}, {4, 3}, set()}';
    const values = [
      flat,
      set,
      mixed,
      `[${flat}, {"in": ${mixed}, "at": ${flat}}]`,
      `{"b": {"a": ${set}}, "a": []}`,
    ];
    const odd = [
      '{1: "one", "b": 2, [3, 1]: 3, null: 4}',
      '"<a & b>\\u2028\\u0007\\"\\\\"',
      '[{}, set(), []]',
      '1.0',
    ];
    await expectOpaAgrees([
      ...[...values, ...odd].flatMap((value) => [
        `json.marshal(${value})`,
        `sprintf("%v|%s|%q", [${value}, [${value}], {"v": ${value}}])`,
      ]),
      ...values.map((value) => `json.unmarshal(json.marshal(${value}))`),
      `yaml.marshal({"b": [{"z": 1, "a": {"w", "v"}}], "a": {"d": 1, "c": 2}})`,
      'json.marshal(12345678901234567890)',
      `concat(", ", ${set})`,
      `concat(", ", [x | x := "b"])`,
    ]);
  });

  test('sprintf rounds what lies in the middle to the even digit', async () => {
    const values = [0.5, 1.5, 2.5, 0.125, 0.375, 9.5, 99.5, 0.25, -2.5, 999999999999999.25, 8.125, 1234.5];
    const verbs = ['%.0f', '%.1f', '%.2f', '%.0e', '%.1e', '%.3e', '%.1g', '%.2g', '%.3g', '%.120f'];
    await expectOpaAgrees(values.flatMap((value) => verbs.map((verb) => `sprintf("${verb}", [${value}])`)));
  });

  test('sprintf formats any number and text as OPA does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            verb: fc.constantFrom(
              '%v',
              '%s',
              '%q',
              '%d',
              '%g',
              '%f',
              '%e',
              '%x',
              '%8v',
              '%-8v',
              '%.3g',
              '%.1f',
            ),
            value: fc.oneof(
              fc.integer(),
              fc
                .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
                .filter((x) => !Number.isInteger(x) && !/e/.test(String(x))),
              fc.string({ unit: 'grapheme-ascii' }),
            ),
          }),
          { minLength: 40, maxLength: 40 },
        ),
        async (cases) => {
          const known = cases.filter(({ verb, value }) => !isHexOfFraction(verb, String(value)));
          await expectOpaAgrees(known.map(({ verb, value }) => `sprintf(${text(verb)}, [${text(value)}])`));
        },
      ),
      { numRuns: runs(5), endOnFailure: true },
    );
  });

  test('regular expressions are RE2’s', async () => {
    await expectOpaAgrees([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Go's templates are meant.
      'regex.replace("foo bar", `(\\w+) (?P<b>\\w+)`, "$2-${b}-$1")',
      'regex.replace("aaa", "a*", "x")',
      'regex.replace("abc", "", "-")',
      'regex.replace("a.b", `\\.`, "$1x$$")',
      'regex.replace("a", "(", "b")',
      'regex.find_n(`(?i)a.`, "Ab ac ad", -1)',
      'regex.find_n("a", "aaa", 2)',
      'regex.find_n("", "ab", -1)',
      'regex.find_n("é", "éé", 1)',
      'regex.split(`(?i)X+`, "aXxbxc")',
      'regex.split(",", "")',
      'regex.split("", "abc")',
      'regex.split(",", ",a,")',
    ]);
  });

  test('versions, units, hashes, texts and YAML have OPA’s results', async () => {
    const versions = ['1.0.0', '1.0.0-rc.1', '1.10.0', '1.9.0+b', 'v1.0.0', '1.0', '', '01.0.0', '1.0.0-01'];
    const units = [
      '10Mi',
      '100m',
      '1.5Gi',
      '1e3',
      '1E',
      '2e',
      '5k',
      '5K',
      '0.5',
      '',
      'M',
      '1 M',
      '10MB',
      '10mib',
      '1x',
      '-3M',
    ];
    const yamls = [
      'a: [1, 2]\nb: yes',
      'a: 2020-01-01',
      '- 0o7\n- ~',
      'a: &x {b: 1}\nc: {<<: *x}',
      'a: b: c',
      '"',
      '',
      'a: 1\n---\nb: 2',
      'a: 1\na: 2',
    ];
    await expectOpaAgrees([
      ...versions.map((version) => `semver.is_valid(${text(version)})`),
      ...versions.map((version) => `semver.compare(${text(version)}, "1.9.0")`),
      ...units.flatMap((unit) => [`units.parse(${text(unit)})`, `units.parse_bytes(${text(unit)})`]),
      ...['crypto.md5', 'crypto.sha1', 'crypto.sha256', 'hex.encode'].flatMap((name) => [
        `${name}("é")`,
        `${name}("")`,
      ]),
      'hex.decode("c3a9")',
      'hex.decode("zz")',
      'hex.decode("abc")',
      'strings.any_prefix_match(["ab", "cd"], "c")',
      'strings.any_prefix_match("ab", ["b", "a"])',
      'strings.any_suffix_match({"ab"}, {"c"})',
      'strings.any_suffix_match("ab", "b")',
      'strings.count("aaaa", "aa")',
      'strings.count("éa", "")',
      ...yamls.flatMap((one) => [`yaml.is_valid(${text(one)})`, `yaml.unmarshal(${text(one)})`]),
      'yaml.unmarshal(yaml.marshal({"b": [1, {"c": "true", "a": null}], "a": "x: y"}))',
    ]);
  });

  test('documents are patched and compared as OPA does', async () => {
    const operations = [
      '{"op": "add", "path": "/a/b", "value": 1}',
      '{"op": "add", "path": "a/c", "value": [1]}',
      '{"op": "add", "path": ["l", 1], "value": "x"}',
      '{"op": "add", "path": "/l/-", "value": "x"}',
      '{"op": "add", "path": "/l/9", "value": "x"}',
      '{"op": "add", "path": "/none/b", "value": 1}',
      '{"op": "add", "path": "/a~1b~0c", "value": 1}',
      '{"op": "add", "path": ["a/b~c"], "value": 1}',
      '{"op": "remove", "path": "/a/x"}',
      '{"op": "remove", "path": "/a/none"}',
      '{"op": "remove", "path": "/l/0"}',
      '{"op": "replace", "path": "/a/x", "value": {"y": 2}}',
      '{"op": "replace", "path": "/a/none", "value": 2}',
      '{"op": "move", "from": "/a/x", "path": "/l/0"}',
      '{"op": "copy", "from": "/l", "path": "/a/l"}',
      '{"op": "test", "path": "/a/x", "value": 1}',
      '{"op": "test", "path": "/a/x", "value": 2}',
    ];
    await expectOpaAgrees([
      ...operations.map((one) => `json.patch({"a": {"x": 1}, "l": [1, 2, 3]}, [${one}])`),
      `json.patch({"a": {"x": 1}, "l": []}, [${operations[0]}, ${operations[3]}])`,
      'json.patch({"a": 1}, [])',
      'object.subset({"a": {"b": 1, "c": 2}, "d": [1, 2, 3]}, {"a": {"b": 1}})',
      'object.subset({"a": {"b": 1}, "d": [1, 2, 3]}, {"d": [2, 3]})',
      'object.subset({"a": {"b": 1}, "d": [1, 2, 3]}, {"d": [1, 3]})',
      'object.subset({"a": {"b": 1}}, {"a": {"b": 2}})',
      'object.subset({"a": 1}, {"b": 1})',
      'object.subset({1, 2, 3}, {3, 1})',
      'object.subset({1, 2, 3}, {4})',
      'object.subset([1, 2, 3], [2, 3])',
      'object.subset([1, 2, 3], [])',
      'object.subset([], [])',
      'object.subset([1, 2], [1, 2, 3])',
      'object.subset([1, 2, 3], {3, 1})',
      'object.subset([{"a": 1, "b": 2}], [{"a": 1}])',
      'object.subset({"a": [{"b": 1, "c": 2}]}, {"a": [{"b": 1}]})',
    ]);
  });

  test('JSON Schemas say the same of documents', async () => {
    const schema =
      '{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 2}}}';
    const documents = ['{"a": 2}', '{"a": 1}', '{}', '{"a": 2.5}', '"{\\"a\\": 3}"'];
    await expectOpaAgrees([
      ...documents.map((one) => `json.match_schema(${one}, ${schema})[0]`),
      ...documents.map((one) => `count(json.match_schema(${one}, ${schema})[1]) > 0`),
      'json.match_schema({"a": "x"}, {"properties": {"a": {"format": "ipv4"}}})[0]',
      'json.match_schema({"a": "1.2.3.4"}, {"properties": {"a": {"format": "ipv4"}}})[0]',
      `json.verify_schema(${schema})[0]`,
      'json.verify_schema({"type": "nothing"})[0]',
      'json.verify_schema({"type": "object"})',
    ]);
  });

  test('networks have OPA’s results', async () => {
    const networks = [
      '10.0.0.0/30',
      '10.0.0.3/31',
      '2001:db8::/126',
      '10.0.0.0',
      '10.0.0/8',
      '1.2.3.4/33',
      '01.2.3.4/8',
      '',
      '::/0',
    ];
    const lists = [
      '["10.0.0.0/9", "10.128.0.0/9"]',
      '{"10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"}',
      '["10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16"]',
      '["2001:db8::/33", "2001:db8:8000::/33", "10.0.0.0/8"]',
      '["0.0.0.0/1", "128.0.0.0/1"]',
      '["10.0.0.1", "172.16.0.1", "192.168.0.1"]',
      '[]',
      '["nonsense"]',
    ];
    await expectOpaAgrees([
      ...networks.map((one) => `net.cidr_is_valid(${text(one)})`),
      ...networks
        .slice(0, -1)
        .flatMap((one) => [`sort(net.cidr_expand(${text(one)}))`, `is_set(net.cidr_expand(${text(one)}))`]),
      ...lists.flatMap((list) => [`sort(net.cidr_merge(${list}))`, `is_set(net.cidr_merge(${list}))`]),
    ]);
  });

  test('times have OPA’s results, to the nanosecond', async () => {
    const times = [
      '0',
      '1700000000123456789',
      '-1',
      '-86400000000001',
      '951782400000000000',
      '4102444800000000000',
    ];
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', '', 'Nowhere/At_All'];
    const given = times.flatMap((time) => [time, ...zones.map((zone) => `[${time}, ${text(zone)}]`)]);
    const durations = [
      '1h15m30.918273645s',
      '0',
      '-1.5h',
      '300ms',
      '1us2ns',
      '1µs',
      '.5s',
      '1',
      '',
      '1d',
      '+3m',
      '1h 2m',
      '9999999999h',
      '1d2h',
      '1w',
      '2y',
      '1.5d',
      '-1d',
      '1d1.5s',
    ];
    const stamps = [
      '2026-11-25T00:00:00Z',
      '2026-11-25T01:30:00.123456789+05:30',
      '2026-02-29T00:00:00Z',
      '2028-02-29T23:59:59.9-01:00',
      '2026-11-25 00:00:00Z',
      '2026-11-25T24:00:00Z',
      '2026-11-25',
      '1969-12-31T23:59:59.999999999Z',
      '1600-01-01T00:00:00Z',
    ];
    await expectOpaAgrees([
      ...['time.date', 'time.clock', 'time.weekday'].flatMap((name) => given.map((one) => `${name}(${one})`)),
      ...durations.map((one) => `time.parse_duration_ns(${text(one)})`),
      ...stamps.map((one) => `time.parse_rfc3339_ns(${text(one)})`),
      ...times.flatMap((time) => [
        `time.add_date(${time}, 0, 0, 1)`,
        `time.add_date(${time}, 1, -13, 40)`,
        `time.add_date(${time}, 0, 1, 0)`,
        `time.diff(${time}, 1700000000123456789)`,
        `time.diff([${time}, "Europe/Berlin"], 951782400000000000)`,
      ]),
      'time.add_date(0, 100000, 0, 0)',
    ]);
  });

  test('numbers, texts and keyed hashes have OPA’s results', async () => {
    await expectOpaAgrees([
      'numbers.range_step(0, 10, 3)',
      'numbers.range_step(10, 0, 5)',
      'numbers.range_step(1, 1, 1)',
      'numbers.range_step(0, 1, 0)',
      'numbers.range_step(0, 3, -1)',
      'indexof_n("aaaa", "aa")',
      'indexof_n("éaéa", "a")',
      'indexof_n("abc", "d")',
      'strings.split_n("a,b,c", ",", 2)',
      'strings.split_n("a,b,c", ",", -1)',
      'strings.split_n("a,b,c", ",", 0)',
      'strings.split_n("a,b,c", ",", 9)',
      'strings.split_n("abc", "", 2)',
      'glob.quote_meta("a*b?[c]{d,e}\\\\")',
      'regex.template_match("urn:{.*}:x", "urn:abc:x", "{", "}")',
      'regex.template_match("urn:{[0-9]+}:x", "urn:abc:x", "{", "}")',
      'regex.template_match("a.c", "abc", "{", "}")',
      'regex.template_match("<a{2}>b", "aab", "<", ">")',
      'regex.template_match("<a", "a", "<", ">")',
      'urlquery.encode("a b&c=d/é!*~")',
      'urlquery.decode("a+b%26%C3%A9")',
      'urlquery.decode("%zz")',
      'urlquery.encode_object({"b": ["1", "2"], "a": "x y", "c": {"z", "y"}})',
      'urlquery.decode_object("a=1&b=2&a=3&c&d=")',
      'urlquery.decode_object("")',
      'base64url.encode_no_pad("é?>")',
      'trace("x")',
      ...['md5', 'sha1', 'sha256', 'sha512'].map((name) => `crypto.hmac.${name}("é", "key")`),
      'crypto.hmac.equal("a", "a")',
      'crypto.hmac.equal("a", "b")',
    ]);
  });
});
