import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { codeDigest, importsOf } from '../../../../network/fabric/chaincode/code-digest.ts';

describe('digest of a chaincode’s code', () => {
  let dir: string;
  const locked = (zod: string) => ({
    packages: {
      '': { version: '1.0.0' },
      'node_modules/zod': { version: zod, integrity: `sha512-${zod}`, dependencies: { deep: '1' } },
      'node_modules/zod/node_modules/deep': { version: '1.2.3', integrity: 'sha512-deep' },
      'node_modules/deep': { version: '9.9.9', integrity: 'sha512-other' },
      'node_modules/fabric-shim': { version: '2.5.8', integrity: 'sha512-shim' },
      'node_modules/unused': { version: '1.0.0', integrity: 'sha512-unused' },
    },
  });

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-digest-'));
    await put('package.json', JSON.stringify({ main: 'dist/index.js' }));
    await put('package-lock.json', JSON.stringify(locked('4.0.0')));
    await put('dist/index.js', "import { z } from 'zod';\nexport { rule } from './rules.js';\n");
    await put('dist/rules.js', "import 'node:crypto';\nexport const rule = 1;\n");
  });
  afterEach(async () => rm(dir, { recursive: true }));

  it('is the same in another folder, whatever else lies there', async () => {
    const first = await codeDigest(dir);
    await put('dist/left-behind.js', 'nobody loads this');
    await put('README.md', 'nor this');
    expect(await codeDigest(dir))
      .to.equal(first)
      .and.to.match(/^[0-9a-f]{64}$/);
  });

  it('changes with a file that is loaded, however deep', async () => {
    const first = await codeDigest(dir);
    await put('dist/rules.js', "import 'node:crypto';\nexport const rule = 2;\n");
    expect(await codeDigest(dir)).not.to.equal(first);
  });

  it('changes with the release of a package that is loaded, and of no other', async () => {
    const first = await codeDigest(dir);
    const { packages } = locked('4.0.0');
    const otherwise = { ...packages, 'node_modules/unused': { version: '2.0.0' } };
    await put('package-lock.json', JSON.stringify({ packages: otherwise }));
    expect(await codeDigest(dir)).to.equal(first);
    await put('package-lock.json', JSON.stringify(locked('4.0.1')));
    expect(await codeDigest(dir)).not.to.equal(first);
  });

  it('takes the release that Node would load: the nested one before the outer one', async () => {
    const first = await codeDigest(dir);
    const { packages } = locked('4.0.0');
    const outer = { ...packages, 'node_modules/deep': { version: '1.0.0' } };
    await put('package-lock.json', JSON.stringify({ packages: outer }));
    expect(await codeDigest(dir)).to.equal(first);
    const nested = { ...packages, 'node_modules/zod/node_modules/deep': { version: '2.0.0' } };
    await put('package-lock.json', JSON.stringify({ packages: nested }));
    expect(await codeDigest(dir)).not.to.equal(first);
  });

  it('sees every way of importing that a compiler writes', () => {
    const text = [
      "import a, { b } from './a.js';",
      'import {\n  c,\n  d,\n} from "./b.js";',
      "import './c.js';",
      "export * from './d.js';",
      "const e = await import('./e.js');",
      'const text = "import x from \'./no.js\'";',
    ].join('\n');
    expect(importsOf(text)).to.eql(['./a.js', './b.js', './c.js', './d.js', './e.js']);
  });

  it('is known of our own chaincode', async () => {
    expect(await codeDigest(process.cwd())).to.match(/^[0-9a-f]{64}$/);
  });

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
});
