/** What the Fabric network takes from its environment: the only place of it that reads any. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fabricVersion, type Places } from './programs.ts';

/** Where Fabric's programs may lie. */
export function programPlaces(): Places {
  return {
    fabricBin: process.env['FABRIC_BIN'],
    path: process.env['PATH'],
    cache: programsCache(),
  };
}

/** Where `kepil network install` puts Fabric's programs. */
export function programsCache(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(base, 'kepil', `fabric-${fabricVersion}`, 'bin');
}

/** What a process of the network gets of its surroundings; nothing of ours leaks into it. */
export function surroundings(): Readonly<Record<string, string>> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}
