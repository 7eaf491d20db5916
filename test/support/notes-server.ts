/** Serves the notes contract as a service: `notes-server PORT`. */
import shim from 'fabric-shim';
import { contractChaincode } from '../../network/local/chaincode/contract-chaincode.ts';
import { NotesContract } from './notes-contract.ts';

const [port = '0'] = process.argv.slice(2);
const options = { ccid: 'served', address: `127.0.0.1:${port}` } as shim.ChaincodeServerOpts;
await shim.Shim.server(contractChaincode({ contracts: [NotesContract] }), options).start();
process.stdout.write('serving\n');
