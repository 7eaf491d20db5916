/**
 * Fetches Fabric's official release into the user's cache. Its SHA-256 must be the given one, or
 * else the one that was recorded when it was first fetched: a release does not change.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { removeDrafts } from '../identity/atomic-folder.ts';
import { runProgram } from './process/run-program.ts';
import { fabricVersion, findPrograms, type Programs, ProgramsError } from './programs.ts';
import { ifThere } from '../presence.ts';

/** What is fetched, and where to. */
export type InstallOptions = {
  /** The archive; the official one for this machine unless told. */
  readonly url?: string | undefined;
  readonly sha256?: string | undefined;
  /** Folder of the programs: the cache that `findPrograms` looks in. */
  readonly bin: string;
  readonly progress?: (step: string) => void;
};

/** The whole release takes about 100 MB. */
const bytesMax = 500 * 1024 * 1024;
const timeoutMs = 15 * 60_000;

/** Fetches, checks and unpacks the programs; those that are there already are left as they are. */
export async function installPrograms(options: InstallOptions): Promise<Programs> {
  const { bin, progress = () => undefined } = options;
  // Those that lack or are too old are what is fetched.
  const present = await findPrograms({ cache: bin }).catch(() => undefined);
  if (present !== undefined) return present;
  const parent = dirname(bin);
  await mkdir(parent, { recursive: true });
  await removeDrafts(parent);
  const work = await mkdtemp(join(parent, '.draft-'));
  try {
    const url = options.url ?? officialUrl();
    progress(`fetching ${url}`);
    const archive = join(work, 'release.tar.gz');
    const sha256 = await download(url, archive);
    await check(parent, sha256, options.sha256);
    progress(`unpacking to ${bin}`);
    await unpack(archive, work, url);
    await rm(bin, { recursive: true, force: true });
    await rename(join(work, 'bin'), bin);
    // Only now: what could not be unpacked must not become what is expected from then on.
    await writeFile(recordIn(parent), `${sha256}\n`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return findPrograms({ cache: bin });
}

/** Where the project publishes its release for this kind of machine. */
export function officialUrl(platform = process.platform, architecture = process.arch): string {
  const machine = { x64: 'amd64', arm64: 'arm64' }[architecture as string];
  if (machine === undefined || (platform !== 'linux' && platform !== 'darwin')) {
    throw new ProgramsError(
      `Fabric publishes no programs for ${platform} on ${architecture}; build them and set FABRIC_BIN.`,
    );
  }
  const name = `hyperledger-fabric-${platform}-${machine}-${fabricVersion}.tar.gz`;
  return `https://github.com/hyperledger/fabric/releases/download/v${fabricVersion}/${name}`;
}

async function download(url: string, file: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch(
    (cause: unknown) => {
      throw new ProgramsError(`${url} cannot be reached; nothing was installed.`, { cause });
    },
  );
  if (!response.ok || response.body === null) {
    throw new ProgramsError(`${url} answered ${response.status}; nothing was installed.`);
  }
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > bytesMax) done(new ProgramsError(`${url} is larger than a release is.`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), measured, createWriteStream(file));
  } catch (cause) {
    if (cause instanceof ProgramsError) throw cause;
    throw new ProgramsError(`${url} broke off after ${bytes} bytes; give the command once more.`, {
      cause,
    });
  }
  return hash.digest('hex');
}

async function unpack(archive: string, folder: string, url: string): Promise<void> {
  try {
    await runProgram('unpacking', 'tar', ['-xzf', archive, '-C', folder, 'bin']);
  } catch (cause) {
    throw new ProgramsError(`${url} is not a release of Fabric; nothing was installed.`, { cause });
  }
}

/** Compares with the given hash, or else with that of the release that was installed before. */
async function check(parent: string, sha256: string, given: string | undefined): Promise<void> {
  const recorded = await ifThere(readFile(recordIn(parent), 'utf8'));
  const expected = given?.toLowerCase() ?? recorded?.trim();
  if (expected === undefined || expected === sha256) return;
  throw new ProgramsError(
    `The release has SHA-256 ${sha256} and should have ${expected}: it was not installed. ` +
      'Find out from another source which one is right.',
  );
}

function recordIn(parent: string): string {
  return join(parent, 'release.sha256');
}
