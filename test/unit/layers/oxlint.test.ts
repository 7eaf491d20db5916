import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

/** Compiled files lie one folder deeper than their sources. */
const root = fileURLToPath(new URL('../../../..', import.meta.url));

type Report = { readonly diagnostics: readonly { readonly code: string }[] };

/** The codes that the linter finds with our configuration in a source at a path. */
function found(file: string, text: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'kepil-lint-'));
  try {
    copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', types: [] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
    const modules = path.join(root, 'node_modules');
    const { stdout } = spawnSync(
      process.execPath,
      [path.join(modules, 'oxlint/bin/oxlint'), '--type-aware', '--format', 'json'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, OXLINT_TSGOLINT_PATH: path.join(modules, '.bin/tsgolint') },
      },
    );
    return (JSON.parse(stdout) as Report).diagnostics.map(({ code }) => code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the linter with our configuration', () => {
  it('finds what no endorser may use in a contract that reads the clock', () => {
    const text = [
      "import { readFileSync } from 'node:fs';",
      'export const now = Date.now();',
      'export const chance = Math.random();',
      "export const order = 'x'.localeCompare('y');",
      'export const read = readFileSync;',
    ].join('\n');
    expect(found('chaincode/pledges/rules.ts', text)).to.include.members([
      'eslint(no-restricted-globals)',
      'eslint(no-restricted-imports)',
      'eslint(no-restricted-properties)',
    ]);
  });

  it('finds a promise that nobody waits for and a case that nobody handles', () => {
    const text = [
      "export function told(kind: 'one' | 'two'): number {",
      '  void 0;',
      '  Promise.resolve(1);',
      '  switch (kind) {',
      "    case 'one':",
      '      return 1;',
      '  }',
      '  return 2;',
      '}',
    ].join('\n');
    expect(found('gateway/told.ts', text)).to.include.members([
      'typescript(no-floating-promises)',
      'typescript(switch-exhaustiveness-check)',
    ]);
  });

  it('finds nothing in a plain source', () => {
    expect(found('chaincode/plain.ts', 'export const three = 1 + 2;\n')).to.deep.equal([]);
  });
});
