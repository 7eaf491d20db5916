import { expect } from 'chai';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The bootstrap is plain JavaScript, since it runs before there is a compiler. */
type Bootstrap = {
  requireNode(version?: string, folder?: string): void;
  isInstalled(folder: string): boolean;
  isBuilt(folder: string): boolean;
  fingerprint(folder: string): string;
  build(folder: string): void;
};

const root = fileURLToPath(new URL('../../../../', import.meta.url));

describe('bootstrap', function () {
  // Each build starts a compiler.
  this.timeout(60_000);
  let bootstrap: Bootstrap;
  let folder: string;

  before(async () => {
    bootstrap = (await import(path.join(root, 'scripts', 'bootstrap.mjs'))) as Bootstrap;
  });

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kepil-bootstrap-'));
    const compilerOptions = {
      outDir: 'dist',
      rootDir: '.',
      lib: ['ES2023'],
      module: 'nodenext',
      types: [],
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['scripts'] }));
    write('package-lock.json', '{"packages":{}}');
    write('package.json', '{"type":"module","engines":{"node":">=20.19"}}');
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(
      path.join(root, 'node_modules', 'typescript'),
      path.join(folder, 'node_modules', 'typescript'),
    );
  });

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }

  function packages(versions: Record<string, string>, more = {}): string {
    const entries = Object.entries(versions).map(([name, version]) => [
      `node_modules/${name}`,
      { version, ...more },
    ]);
    return JSON.stringify({ packages: Object.fromEntries(entries) });
  }

  it('refuses a Node that is too old, and says which is needed', () => {
    expect(() => bootstrap.requireNode('20.18.3', folder)).to.throw(/needs Node 20\.19 or newer/);
    expect(() => bootstrap.requireNode('18.20.0', folder)).to.throw(/this is Node 18\.20\.0/);
    for (const good of ['20.19.0', '20.20.2', '24.1.0']) bootstrap.requireNode(good, folder);
  });

  it('finds packages missing, of another version or cut short, and leaves optional ones out', () => {
    expect(bootstrap.isInstalled(folder)).to.equal(false);
    write('package-lock.json', packages({ zod: '4.6.7' }));
    write('node_modules/.package-lock.json', packages({ zod: '4.6.6' }));
    expect(bootstrap.isInstalled(folder)).to.equal(false);
    write('node_modules/.package-lock.json', packages({ zod: '4.6.7' }));
    expect(bootstrap.isInstalled(folder)).to.equal(false);
    write('node_modules/zod/package.json', '{}');
    expect(bootstrap.isInstalled(folder)).to.equal(true);
    write('package-lock.json', packages({ zod: '4.6.7', fsevents: '2.3.3' }, { optional: true }));
    expect(bootstrap.isInstalled(folder)).to.equal(true);
    write('node_modules/.package-lock.json', '{"packages":{"node_modules/zo');
    expect(bootstrap.isInstalled(folder)).to.equal(false);
  });

  it('builds once, and again when a source is changed, deleted or put back', () => {
    write('scripts/a.ts', 'export const a = 1;\n');
    bootstrap.build(folder);
    expect(bootstrap.isBuilt(folder)).to.equal(true);
    write('scripts/b.ts', 'export const b = 2;\n');
    expect(bootstrap.isBuilt(folder)).to.equal(false);
    bootstrap.build(folder);
    fs.rmSync(path.join(folder, 'scripts/b.ts'));
    expect(bootstrap.isBuilt(folder)).to.equal(false);
    bootstrap.build(folder);
    expect(built()).to.deep.equal(['a.js']);
  });

  it('touches only the files that come out differently, since a network may run from them', () => {
    write('scripts/a.ts', 'export const a = 1;\n');
    write('scripts/b.ts', 'export const b = 1;\n');
    bootstrap.build(folder);
    const inode = (file: string) => fs.statSync(path.join(folder, 'dist/scripts', file)).ino;
    const before = [inode('a.js'), inode('b.js')];
    write('scripts/b.ts', 'export const b = 2;\n');
    bootstrap.build(folder);
    expect(inode('a.js')).to.equal(before[0]);
    expect(inode('b.js')).not.to.equal(before[1]);
  });

  it('leaves the last build in place when the sources do not compile', () => {
    write('scripts/a.ts', 'export const a = 1;\n');
    bootstrap.build(folder);
    write('scripts/a.ts', 'export const a: string = 1;\n');
    const script = `
      import { build } from ${JSON.stringify(path.join(root, 'scripts', 'bootstrap.mjs'))};
      try { build(${JSON.stringify(folder)}); } catch (error) { console.log(error.message); }`;
    const args = ['--input-type=module', '--eval', script];
    const said = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' });
    expect(said).to.contain('The build failed');
    expect(built()).to.deep.equal(['a.js']);
    expect(fs.existsSync(path.join(folder, 'dist.next'))).to.equal(false);
  });

  function built(): string[] {
    return fs.readdirSync(path.join(folder, 'dist', 'scripts'));
  }

  it('ends a command without a word when its reader has gone', async () => {
    const script = `
      import { main } from ${JSON.stringify(path.join(root, 'scripts', 'bootstrap.mjs'))};
      await main(async () => {
        for (;;) {
          process.stdout.write('a line\\n');
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, said }).to.eql({ code: 141, said: '' });
  });
});
