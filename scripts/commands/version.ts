import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { print } from '../command-line.ts';

type PackageFile = { version: string; dependencies: Record<string, string> };

/** `kepil version`: what to name in a report, and what the two ends of Fabric's protocol are. */
export function register(program: Command): void {
  program
    .command('version')
    .description('show the versions of Kepil, Node and the Fabric libraries')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) => {
      // Compiled files lie one folder deeper than their sources.
      const file = new URL('../../../package.json', import.meta.url);
      const { version, dependencies } = JSON.parse(readFileSync(file, 'utf8')) as PackageFile;
      const versions = {
        kepil: version,
        node: process.versions.node,
        'fabric-shim': dependencies['fabric-shim'],
        'fabric-gateway': dependencies['@hyperledger/fabric-gateway'],
      };
      const lines = Object.entries(versions).map(([name, value]) => `${name.padEnd(15)} ${value}`);
      print(json, versions, lines.join('\n'));
    });
}
