import { expect } from 'chai';
import { checkSources, lineOf } from '../../../scripts/layers/check.ts';
import { sourcesOfTree } from '../../../scripts/layers/tree.ts';

/** The rules that a source breaks when it lies at a path. */
function broken(path: string, text: string): string[] {
  return checkSources([{ path, text }]).map(({ rule }) => rule);
}

const rules = 'chaincode/pledges/rules.ts';

describe('what the chaincode may not use', () => {
  const cases: readonly [string, string, string][] = [
    ['the clock', 'const now = Date.now();', 'no-clock'],
    ['a date of now', 'const now = new Date();', 'no-clock'],
    ['the clock by another name', 'const { now } = Date;', 'no-clock'],
    ['the clock as a value', 'call(Date as unknown);', 'no-clock'],
    ['a finer clock', 'performance.now();', 'no-clock'],
    ['a timer', 'setTimeout(() => {}, 1);', 'no-timer'],
    ['chance', 'Math.random();', 'no-randomness'],
    ['chance by a text', "Math['random']();", 'no-randomness'],
    ['chance by a template', 'Math[`random`]();', 'no-randomness'],
    ['chance by a pattern', 'const { random } = Math;', 'no-randomness'],
    ['keys by chance', 'crypto.getRandomValues(bytes);', 'no-randomness'],
    ['the environment', 'const home = process.env.HOME;', 'no-environment'],
    ['a file’s place', 'const here = import.meta.url;', 'no-environment'],
    ['a peer’s setting', 'stub.getMspID();', 'no-environment'],
    ['the global object', "globalThis['Date'];", 'no-way-around'],
    ['code made of text', "new Function('return 1');", 'no-way-around'],
    ['a locale’s number', 'sum.toLocaleString();', 'no-locale'],
    ['a locale’s order', 'one.localeCompare(other);', 'no-locale'],
    ['locales', "new Intl.NumberFormat('kk');", 'no-locale'],
    ['normal forms', "name.normalize('NFC');", 'no-unicode-tables'],
    ['case', 'name.toUpperCase();', 'no-unicode-tables'],
    ['properties of characters', 'const letters = /\\p{L}+/u;', 'no-unicode-tables'],
    ['case folding', 'const name = /имя/iu;', 'no-unicode-tables'],
    ['a pattern made of text', 'new RegExp(text);', 'no-computed-pattern'],
    ['a fraction', 'const rate = 0.5;', 'no-floats'],
    ['a large fraction', 'const rate = 1e3;', 'no-floats'],
    ['reading a fraction', 'Number.parseFloat(text);', 'no-floats'],
    ['writing a fraction', 'sum.toFixed(2);', 'no-floats'],
    ['a root', 'Math.sqrt(2);', 'no-floats'],
    ['exact functions under another name', 'const { sqrt } = Math;', 'no-floats'],
    ['the first answer', 'await Promise.race([one, other]);', 'no-race'],
    ['a stack', 'const where = error.stack;', 'no-stack'],
    ['machine code', 'new WebAssembly.Module(bytes);', 'no-webassembly'],
  ];
  for (const [what, text, rule] of cases) {
    it(`is found: ${what}`, () => {
      expect(broken(rules, text)).to.include(rule);
    });
  }

  it('is bound to the chaincode', () => {
    expect(broken('gateway/store/clock.ts', 'const now = Date.now();')).to.deep.equal([]);
  });

  it('is not found in comments, texts, types and names of members', () => {
    const text = [
      '// Date.now() and Math.random()',
      "const text = 'process.env' + `new Date()`;",
      'type Shown = { at: Date; process: string };',
      'function shown(at: Date, list: Map<string, Date>): Intl.NumberFormatOptions {}',
      'const step = { process: 1, Date: 2 };',
      'step.process;',
      'const sum = Math.floor(7 / 2) + 0x1e3 + 10_000;',
      'const plain = /[а-я]+/u;',
      'import type { Clock as Date } from "../kernel/clock.ts";',
    ].join('\n');
    expect(checkSources([{ path: rules, text }]).map(lineOf)).to.deep.equal([]);
  });

  it('is shown with its file, line and reason', () => {
    const text = '/* first */\nconst one = 1;\nconst now = Date.now();\n';
    const findings = checkSources([{ path: rules, text }]).map(lineOf);
    expect(findings).to.have.length(1);
    expect(findings[0]).to.match(/^chaincode\/pledges\/rules\.ts:3 {2}no-clock {2}.*each peer has/);
  });
});

describe('what may not be imported', () => {
  const cases: readonly [string, string, string, string][] = [
    ['the gateway by the chaincode', rules, '../../gateway/app.ts', 'layer-chaincode'],
    [
      'the network by the chaincode',
      'chaincode/ledger/keys.ts',
      '../../network/topology.ts',
      'layer-chaincode',
    ],
    ['a part of Node by a contract', 'chaincode/pledges/contract.ts', 'node:fs', 'layer-chaincode'],
    ['the shim by a contract', 'chaincode/pledges/contract.ts', 'fabric-shim', 'layer-chaincode'],
    [
      'a contract by the kernel',
      'chaincode/kernel/words.ts',
      '../regimes/refusals.ts',
      'layer-kernel',
    ],
    ['the ledger by rules', rules, '../ledger/reader.ts', 'layer-rules'],
    [
      'the ledger by a schema',
      'chaincode/pledges/schema.ts',
      '../ledger/reader.ts',
      'layer-schema',
    ],
    [
      'rules by the gateway',
      'gateway/http/pledges.ts',
      '../../chaincode/pledges/rules.ts',
      'layer-gateway',
    ],
    [
      'the local network by the gateway',
      'gateway/app.ts',
      '../network/local/network.ts',
      'layer-gateway',
    ],
    [
      'an adapter past its port',
      'gateway/http/pledges.ts',
      '../adapters/egkn/http.ts',
      'layer-adapters',
    ],
    ['an adapter by its port', 'gateway/ports/egkn.ts', '../adapters/egkn/http.ts', 'layer-ports'],
    [
      'a contract by the network',
      'network/local/network.ts',
      '../../chaincode/index.ts',
      'layer-network',
    ],
    ['gRPC by the engine', 'network/local/engine/channel.ts', '@grpc/grpc-js', 'layer-engine'],
    ['sockets by the engine', 'network/local/engine/channel.ts', 'node:net', 'layer-engine'],
    [
      'services by the engine',
      'network/local/engine/channel.ts',
      '../services/endorse.ts',
      'layer-engine',
    ],
    ['tests by what ships', 'scripts/kepil.ts', '../test/support/size.ts', 'layer-tests'],
  ];
  for (const [what, path, target, rule] of cases) {
    it(`is found: ${what}`, () => {
      expect(broken(path, `import { thing } from '${target}';`)).to.include(rule);
      expect(broken(path, `export { thing } from '${target}';`)).to.include(rule);
      expect(broken(path, `export * from '${target}';`)).to.include(rule);
      expect(broken(path, `const thing = await import('${target}');`)).to.include(rule);
      expect(broken(path, `type Thing = import('${target}').Thing;`)).to.include(rule);
    });
  }

  it('is told from what may', () => {
    const allowed: readonly [string, string][] = [
      [rules, '../kernel/outcome.ts'],
      [rules, '../regimes/rules.ts'],
      [rules, 'zod'],
      ['chaincode/pledges/contract.ts', '../ledger/contract.ts'],
      ['chaincode/ledger/contract.ts', 'fabric-contract-api'],
      ['gateway/http/pledges.ts', '../../chaincode/pledges/schema.ts'],
      ['gateway/http/pledges.ts', '../../chaincode/operations.ts'],
      ['gateway/main.ts', './adapters/egkn/http.ts'],
      ['network/local/services/endorse.ts', '@grpc/grpc-js'],
      ['test/unit/pledges/rules.test.ts', '../../../chaincode/pledges/rules.ts'],
    ];
    for (const [path, target] of allowed) {
      expect(broken(path, `import { thing } from '${target}';`), `${path} ${target}`).to.deep.equal(
        [],
      );
    }
  });

  it('lets SHA-256 into one file, and nothing else of node:crypto', () => {
    const path = 'chaincode/kernel/sha256.ts';
    expect(broken(path, "import { hash } from 'node:crypto';")).to.deep.equal([]);
    for (const text of [
      "import { hash, randomBytes } from 'node:crypto';",
      "import * as crypto from 'node:crypto';",
      "import { hash } from 'node:fs';",
    ]) {
      expect(broken(path, text), text).to.include('layer-chaincode');
    }
    const elsewhere = "import { hash } from 'node:crypto';";
    expect(broken('chaincode/kernel/bytes.ts', elsewhere)).to.include('layer-chaincode');
  });
});

describe('our own sources', () => {
  const sources = sourcesOfTree();

  it('keep to the layers and use nothing that they may not', () => {
    expect(checkSources(sources).map(lineOf)).to.deep.equal([]);
  });

  it('are seen by the check: a contract that reads the clock does not pass', () => {
    const contracts = sources.filter(({ path }) => path.endsWith('/contract.ts'));
    expect(contracts).to.have.length.above(0);
    for (const { path, text } of contracts) {
      expect(broken(path, `${text}\nexport const at = Date.now();\n`), path).to.deep.equal([
        'no-clock',
      ]);
    }
  });
});
