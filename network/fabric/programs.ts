/** Finds Fabric's programs and says what to do where they are missing or too old. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** What a network needs of Fabric's release. */
const names = ['peer', 'orderer', 'configtxgen', 'configtxlator'] as const;

/** Where each program lies, and their version. */
export type Programs = Readonly<Record<(typeof names)[number], string>> & {
  readonly version: string;
};

/** Where to look, in this order. */
export type Places = {
  /** The folder that `FABRIC_BIN` names. */
  readonly fabricBin?: string | undefined;
  /** Folders of the PATH, parted as it is. */
  readonly path?: string | undefined;
  /** Where `kepil network install` puts the official release. */
  readonly cache?: string | undefined;
};

/** The version that the network is tuned for; older ones lack repairs that it relies on. */
export const fabricVersion = '3.1.5';

/** Programs that are missing or too old; the message says what to do. */
export class ProgramsError extends Error {}

/** Finds the programs, all in one folder, and checks their version. */
export async function findPrograms(places: Places): Promise<Programs> {
  const folders = foldersOf(places);
  for (const folder of folders) {
    if (!(await hasAll(folder))) continue;
    const version = await versionOf(join(folder, 'peer'));
    if (isOlder(version, fabricVersion)) {
      throw new ProgramsError(
        `The Fabric programs in ${folder} are of version ${version}; ` +
          `the network needs ${fabricVersion} or newer. ${whatToDo}`,
      );
    }
    return { ...programsIn(folder), version };
  }
  const where = places.fabricBin === undefined ? 'on the PATH' : `in ${places.fabricBin}`;
  throw new ProgramsError(
    `Fabric's programs (${names.join(', ')}) were not found ${where}. ${whatToDo}`,
  );
}

const whatToDo =
  `Set FABRIC_BIN to the folder that holds them, or run "kepil network install" ` +
  `to fetch the official release ${fabricVersion}.`;

/** `FABRIC_BIN` alone where it is set: a silent fall-back would run another version. */
function foldersOf({ fabricBin, path, cache }: Places): readonly string[] {
  if (fabricBin !== undefined && fabricBin !== '') return [fabricBin];
  const onPath = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return cache === undefined ? onPath : [...onPath, cache];
}

async function hasAll(folder: string): Promise<boolean> {
  const checks = names.map(async (name) =>
    access(join(folder, name), constants.X_OK).then(
      () => true,
      // One that may not be run is as good as none.
      () => false,
    ),
  );
  return (await Promise.all(checks)).every(Boolean);
}

function programsIn(folder: string): Readonly<Record<(typeof names)[number], string>> {
  return {
    peer: join(folder, 'peer'),
    orderer: join(folder, 'orderer'),
    configtxgen: join(folder, 'configtxgen'),
    configtxlator: join(folder, 'configtxlator'),
  };
}

async function versionOf(peer: string): Promise<string> {
  const { stdout } = await promisify(execFile)(peer, ['version'], { timeout: 20_000 });
  const version = /Version: v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version === undefined) throw new ProgramsError(`${peer} does not say its version`);
  return version;
}

/** Whether version `one` is older than `other`, number by number. */
export function isOlder(one: string, other: string): boolean {
  const others = other.split('.').map(Number);
  for (const [index, number] of one.split('.').map(Number).entries()) {
    const difference = number - (others[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
