/** The unit tests' ledger as what an extract is collected from. */
import type { common } from '@hyperledger/fabric-protos';
import type { ExtractSource } from '../../gateway/extracts/collect.ts';
import type { UnitLedger } from './unit-ledger.ts';

/** All five peers answer; a test may silence some. */
export function extractSourceOf(
  ledger: UnitLedger,
  peers: readonly string[] = ledger.organisations,
): ExtractSource {
  const { channel } = ledger;
  const block = async (number: number): Promise<common.Block> => {
    const found = await channel.block(BigInt(number));
    if (found === undefined) throw new Error(`there is no block ${number}`);
    return found;
  };
  return {
    channel: channel.name,
    chaincode: ledger.chaincode,
    ask: async ({ contract = '', transaction, arguments: [argument] }) => {
      const proposal = ledger.propose(contract, transaction, argument, { org: 'BetaMSP' }).signed;
      const answers = [];
      for (const mspId of peers) {
        answers.push((await channel.processProposal(mspId, proposal)).response);
      }
      return { proposal, answers };
    },
    blockWith: async (transactionId) => {
      for (let number = Number(channel.height()) - 1; number > 0; number -= 1) {
        const found = await block(number);
        if (Buffer.from(found.serializeBinary()).includes(transactionId)) return found;
      }
      throw new Error('there is no such transaction');
    },
    block: (number = Number(channel.height()) - 1) => block(number),
  };
}
