/**
 * What was asked to run on the channel, kept beside the network: by it a later start knows which
 * chaincode processes belong to it, and which ports are theirs.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChaincodeVersion } from '../channel/discovery.ts';
import type { Layout } from '../layout.ts';
import { type ChaincodePackage, packageOf } from './package.ts';

/** A chaincode to put on the channel. */
export type DeployRequest = {
  readonly name: string;
  /** `1` unless told; another version of the same name is an upgrade. */
  readonly version?: string;
  /**
   * Folder of a Node package, run for each organisation by the network; or the address of a server
   * that runs elsewhere, by organisation's name.
   */
  readonly module?: string;
  readonly addresses?: Readonly<Record<string, string>>;
  /** A signature policy; a majority of the organisations when absent. */
  readonly policy?: string;
  /** Collections as `peer lifecycle chaincode` takes them. */
  readonly collections?: readonly unknown[];
};

/** A request that was carried out. */
export type Deployment = {
  readonly request: DeployRequest;
  readonly sequence: number;
  readonly packageId: string;
  readonly label: string;
  /** SHA-256 of the code that was approved; absent where its servers run elsewhere. */
  readonly digest?: string | undefined;
  /** Which of the organisation's chaincode ports is its own. */
  readonly portIndex: number;
};

/** Reads what was deployed; nothing on a new network. */
export async function readDeployments(layout: Layout): Promise<readonly Deployment[]> {
  const text = await readFile(fileOf(layout), 'utf8').catch(() => '[]');
  return JSON.parse(text) as readonly Deployment[];
}

/** Writes a deployment down in place of an earlier one of the name. */
export async function writeDeployment(layout: Layout, deployment: Deployment): Promise<void> {
  const others = (await readDeployments(layout)).filter(
    ({ request }) => request.name !== deployment.request.name,
  );
  await mkdir(layout.channel, { recursive: true });
  const draft = `${fileOf(layout)}.draft`;
  await writeFile(draft, JSON.stringify([...others, deployment], undefined, 2));
  await rename(draft, fileOf(layout));
}

/** The chaincodes that were deployed, with their versions. */
export async function deployedVersions(layout: Layout): Promise<readonly ChaincodeVersion[]> {
  return (await readDeployments(layout)).map(({ request }) => versionOf(request));
}

/** What a request asks for, as peers name it. */
export function versionOf({ name, version }: DeployRequest): ChaincodeVersion {
  return { name, version: version ?? '1' };
}

/** The package of a deployment: the same bytes, and so the same id, whenever it is packed. */
export function packageFor({ request, digest }: Deployment): ChaincodePackage {
  return packageOf({ ...versionOf(request), digest });
}

/** Whether two requests agree in what the organisations approve. */
export function sameDefinition(one: DeployRequest, other: DeployRequest): boolean {
  return agreedPart(one) === agreedPart(other);
}

function agreedPart({ name, version, policy, collections }: DeployRequest): string {
  const text = JSON.stringify([name, version ?? '1', policy ?? null, collections ?? null]);
  return createHash('sha256').update(text).digest('hex');
}

function fileOf(layout: Layout): string {
  return join(layout.channel, 'chaincodes.json');
}
