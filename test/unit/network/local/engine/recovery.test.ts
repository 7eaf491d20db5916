import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { headerHash } from '../../../../../network/local/engine/block.ts';
import { levelOptions } from '../../../../../network/local/engine/level.ts';
import { count } from '../../../../support/size.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const module = { contracts: [NotesContract] };
const alpha = { org: 'AlphaMSP' };
const endless = new URL('../../../../support/endless-ledger.js', import.meta.url).pathname;

/** How many kills; each ends the process at another moment. */
const kills = count({ small: 3, full: 40 });

describe('a ledger on disk', () => {
  let folder: string;
  const level = () => new ClassicLevel<Uint8Array, Uint8Array>(folder, levelOptions);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kepil-recovery-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('goes on where it was closed', async () => {
    const first = await UnitLedger.create({ module, level: level() });
    const { txId } = await first.submit('notes', 'put', { key: 'a', value: '1' }, alpha);
    await first.close();
    const second = await UnitLedger.create({ module, level: level() });
    expect(second.state('a')).to.equal('1');
    expect(await second.channel.transaction(txId)).to.include({ code: 0, blockNumber: 1n });
    await second.submit('notes', 'append', { key: 'a', value: '2' }, alpha);
    expect(second.state('a')).to.equal('12');
    await assertWhole(second);
    await second.close();
  });

  it('is not opened for other organisations', async () => {
    const first = await UnitLedger.create({ module, level: level() });
    await first.close();
    const other = level();
    const organisations = ['AlphaMSP', 'BetaMSP'];
    const failure = await UnitLedger.create({ module, organisations, level: other }).catch(String);
    await other.close();
    expect(failure).to.match(/the store holds channel kepil of .*, not kepil of AlphaMSP, BetaMSP/);
  });

  it('holds whole blocks and every acknowledged transaction after each kill -9', async function () {
    this.timeout(kills * 10_000);
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < kills; round += 1) {
      const lines = await runAndKill(folder, round);
      for (const [kind, name, value] of lines.map((line) => line.split(' '))) {
        if (kind === 'committed' && name && value) acknowledged.set(name, value);
      }
      const ledger = await UnitLedger.create({ module, level: level() });
      await assertWhole(ledger);
      const state = await ledger.allState();
      for (const [name, value] of acknowledged) expect(state.get(name)).to.equal(value);
      await ledger.close();
    }
    expect(acknowledged.size).to.be.greaterThan(kills);
  });
});

/** Runs a process that submits without end, and kills it in the middle of its work. */
async function runAndKill(folder: string, round: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [endless, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('\n').length > 3) resolve();
    });
  });
  await Promise.race([begun, once(child, 'exit')]);
  await new Promise((resolve) => setTimeout(resolve, 7 * round));
  child.kill('SIGKILL');
  await once(child, 'exit');
  // The last line may have been cut.
  return output.split('\n').slice(0, -1);
}

/** Every block is there, linked to the one before, and all its transactions are found in it. */
async function assertWhole({ channel }: UnitLedger): Promise<void> {
  let previous: Buffer = Buffer.alloc(0);
  for (let number = 0n; number < channel.height(); number += 1n) {
    const block = await channel.block(number);
    if (block === undefined) throw new Error(`block ${number} is not there`);
    expect(Buffer.from(block.getHeader()?.getPreviousHash_asU8() ?? [])).to.deep.equal(previous);
    previous = headerHash(block);
    if (number === 0n) continue;
    for (const bytes of block.getData()?.getDataList_asU8() ?? []) {
      const payload = common.Payload.deserializeBinary(
        common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
      );
      const header = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
      const txId = common.ChannelHeader.deserializeBinary(header).getTxId();
      expect((await channel.transaction(txId))?.blockNumber).to.equal(number);
    }
  }
  expect(await channel.block(channel.height())).to.equal(undefined);
}
