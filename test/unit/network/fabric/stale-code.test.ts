import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { codeDigest } from '../../../../network/fabric/chaincode/code-digest.ts';
import {
  type Deployment,
  packageFor,
  writeDeployment,
} from '../../../../network/fabric/chaincode/deployment.ts';
import { layoutOf } from '../../../../network/fabric/layout.ts';
import { codeFindings } from '../../../../network/fabric/operations/doctor.ts';

describe('a chaincode whose code was changed', () => {
  let dir: string;
  let deployment: Deployment;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-stale-'));
    const module = join(dir, 'module');
    await mkdir(module);
    await writeFile(join(module, 'package.json'), '{"main":"index.js"}');
    await writeFile(join(module, 'index.js'), 'export const contracts = [];\n');
    const digest = await codeDigest(module);
    const request = { name: 'kepil', module };
    deployment = { request, digest, sequence: 1, packageId: '', label: 'kepil_1', portIndex: 0 };
    await writeDeployment(layoutOf(dir), deployment);
  });
  after(async () => rm(dir, { recursive: true }));

  it('is found by the digest that stands in the package', async () => {
    expect(await codeFindings(layoutOf(dir))).to.eql([]);
    await writeFile(join(dir, 'module', 'index.js'), 'export const contracts = [Other];\n');
    const [finding] = await codeFindings(layoutOf(dir));
    expect(finding?.code).to.equal('STALE_CHAINCODE');
    expect(finding?.what).to.contain('is not what was approved as kepil_1');
  });

  it('would have another package id', async () => {
    const digest = await codeDigest(join(dir, 'module'));
    expect(packageFor({ ...deployment, digest }).id).not.to.equal(packageFor(deployment).id);
  });
});
