/** The system chaincode `qscc`: answers what the chain holds, to a proposal and to nothing else. */
import { common, peer } from '@hyperledger/fabric-protos';
import { decodeFilter } from './block.ts';

/** The one system chaincode that is served here. */
export const queryChaincode = 'qscc';

/** What `qscc` asks of the chain. */
export interface Chain {
  readonly name: string;
  info(): common.BlockchainInfo;
  block(number: number): common.Block | undefined;
  blockByHash(hash: Uint8Array): common.Block | undefined;
  transactionPlace(txId: string): { readonly block: number; readonly index: number } | undefined;
}

/** The number by which Fabric's block stores name the newest block. */
const newest = 0xffffffffffffffffn;

/** Refuses a call that comes from another chaincode, as Fabric does. */
export function refuseCallFrom(chaincode: string): peer.Response {
  return refused(
    'Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, ' +
      `original invocation for '${chaincode}'`,
  );
}

/** Answers a query; every failure is a response of status 500. */
export function queryChain(chain: Chain, input: peer.ChaincodeInput): peer.Response {
  const args = input.getArgsList_asU8().map((arg) => Buffer.from(arg));
  const [name, channel, argument] = args;
  if (name === undefined || channel === undefined) {
    return refused(`Incorrect number of arguments, ${args.length}`);
  }
  const query = name.toString();
  if (query !== 'GetChainInfo' && argument === undefined) {
    return refused(`missing 3rd argument for ${query}`);
  }
  if (channel.toString() !== chain.name) return refused(`Invalid chain ID, ${channel.toString()}`);
  return answer(chain, query, argument ?? Buffer.alloc(0));
}

function answer(chain: Chain, query: string, argument: Buffer): peer.Response {
  switch (query) {
    case 'GetChainInfo':
      return given(chain.info());
    case 'GetBlockByNumber':
      return blockByNumber(chain, argument.toString());
    case 'GetBlockByHash': {
      const block = chain.blockByHash(argument);
      const why = `no such block hash [${argument.toString('hex')}] in index`;
      return block
        ? given(block)
        : refused(`Failed to get block hash ${argument.toString()}, error ${why}`);
    }
    case 'GetBlockByTxID': {
      const txId = argument.toString();
      const place = chain.transactionPlace(txId);
      const block = place && chain.block(place.block);
      const why = `no such transaction ID [${txId}] in index`;
      return block ? given(block) : refused(`Failed to get block for txID ${txId}, error ${why}`);
    }
    case 'GetTransactionByID':
      return transaction(chain, argument.toString());
    default:
      return refused(
        `access denied for [${query}][${chain.name}]: [Unmapped policy for qscc/${query}]`,
      );
  }
}

function blockByNumber(chain: Chain, text: string): peer.Response {
  if (!/^\d{1,20}$/.test(text) || BigInt(text) > newest) {
    const why = `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
    return refused(`Failed to parse block number with error ${why}`);
  }
  const number = BigInt(text) === newest ? chain.info().getHeight() - 1 : Number(text);
  const block = chain.block(number);
  const why = `no such block number [${text}] in index`;
  return block ? given(block) : refused(`Failed to get block number ${text}, error ${why}`);
}

function transaction(chain: Chain, txId: string): peer.Response {
  const place = chain.transactionPlace(txId);
  const block = place && chain.block(place.block);
  const bytes = block?.getData()?.getDataList_asU8()[place?.index ?? 0];
  if (place === undefined || block === undefined || bytes === undefined) {
    const why = `no such transaction ID [${txId}] in index`;
    return refused(`Failed to get transaction with id ${txId}, error ${why}`);
  }
  const processed = new peer.ProcessedTransaction();
  processed.setTransactionenvelope(common.Envelope.deserializeBinary(bytes));
  processed.setValidationcode(decodeFilter(block)[place.index] ?? 254);
  return given(processed);
}

function given(message: { serializeBinary(): Uint8Array }): peer.Response {
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(message.serializeBinary());
  return response;
}

function refused(message: string): peer.Response {
  const response = new peer.Response();
  response.setStatus(500);
  response.setMessage(message);
  return response;
}
