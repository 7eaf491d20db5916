/** The stream of blocks with private data, as a member of an organisation may have it of its peer. */
import { readFileSync } from 'node:fs';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import { signerOf } from '../../../network/identity/signer.ts';
import type { NetworkInfo } from '../../../scripts/network-info.ts';
import { untilQuiet } from './channels.ts';
import type { Written } from './scanner.ts';

const messageBytesMax = 100 * 1024 * 1024;

/** Everything that an organisation's administrator is given of the private data of all blocks. */
export async function* privateDataOf(info: NetworkInfo, name: string): AsyncGenerator<Written> {
  const organisation = info.organisations.find((each) => each.name === name);
  const user = organisation?.users.find((each) => each.name === 'Admin');
  if (organisation === undefined || user === undefined) throw new Error(`no Admin of ${name}`);
  const { mspId, endpoint, hostAlias, tlsRootPath } = organisation;
  const [certificate, key] = [user.certificatePath, user.keyPath].map((path) =>
    readFileSync(path, 'utf8'),
  );
  const signer = signerOf(mspId, certificate ?? '', key ?? '');
  const client = new Client(endpoint, credentials.createSsl(readFileSync(tlsRootPath)), {
    'grpc.ssl_target_name_override': hostAlias,
    'grpc.max_receive_message_length': messageBytesMax,
  });
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(signer.certificatePem) },
    hash: hash.none,
    signer: (message) => Promise.resolve(signer.sign(message)),
  });
  try {
    const network = gateway.getNetwork(info.channel);
    const stream = await network.getBlockAndPrivateDataEvents({ startBlock: 0n });
    for await (const message of untilQuiet(stream)) {
      for (const [, set] of message.getPrivateDataMapMap().entries()) {
        const number = message.getBlock()?.getHeader()?.getNumber();
        yield { at: `private data of block ${number} for ${name}`, bytes: set.serializeBinary() };
      }
    }
  } finally {
    gateway.close();
    client.close();
  }
}
