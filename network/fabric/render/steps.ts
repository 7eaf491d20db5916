/** The steps by which organisations on machines of their own make one network. */
import type { Organisation, Topology } from '../../topology.ts';

/** What the steps name. */
export type StepsOptions = {
  readonly topology: Topology;
  readonly organisation: Organisation;
  readonly root: string;
  readonly packageId: string;
  readonly label: string;
  readonly version: string;
};

/** Writes the step list of one organisation. */
export function steps(options: StepsOptions): string {
  const { topology, organisation, root } = options;
  const others = topology.organisations.filter(({ name }) => name !== organisation.name);
  const hosts = topology.organisations.flatMap(({ peers, orderers }) => [...peers, ...orderers]);
  const [peer] = organisation.peers;
  const ordering = topology.organisations.find(({ orderers }) => orderers.length > 0);
  return `# ${organisation.mspId}: from this folder to a serving peer

Everything here was made for ${organisation.name} alone. \`crypto/\` holds its private keys: they
never leave its machines. On the machine the folder lies at \`${root}\`.

1. **Exchange.** Send the folder \`send/\` to ${list(others.map(({ name }) => name))}, and put what
   each of them sends into \`${root}/crypto\`, folders as they are. Nothing in it is secret;
   compare \`sha256sum\` of every certificate by another way than the one it came by.
2. **Names.** Every host must find every other one by name, and its port be open to it:
${hosts.map(({ host, port }) => `   - ${host}, port ${port}`).join('\n')}
3. **The first block.** One organisation makes it, and every other one makes it too and compares
   the configuration (\`configtxgen -inspectBlock\`) before it goes on:
   \`configtxgen -configPath channel -profile Kepil -channelID ${topology.channel} -outputBlock channel/${topology.channel}.block\`
   All go on with the block of the one that made it first: send it with its SHA-256.
4. **Start.** \`cp systemd/*.service /etc/systemd/system/ && systemctl daemon-reload\`, then
   \`systemctl enable --now\` for each: orderers first.
5. **Join.** ${
    organisation.orderers.length > 0
      ? `Each orderer: \`osnadmin channel join --channelID ${topology.channel} --config-block channel/${topology.channel}.block -o HOST:ADMINPORT\` with the admin's TLS certificate.`
      : 'This organisation runs no orderer.'
  }
   The peer: \`peer channel join -b channel/${topology.channel}.block\` as the admin
   (\`CORE_PEER_MSPCONFIGPATH\` is \`crypto/peerOrganizations/${organisation.domain}/users/Admin@${organisation.domain}/msp\`).
6. **The chaincode.** Install \`packages/${options.label}.tgz\` (its id must come out as
   \`${options.packageId}\`), then approve:
   \`peer lifecycle chaincode approveformyorg --channelID ${topology.channel} --name ${topology.chaincode} --version ${options.version} --sequence 1 --package-id ${options.packageId} -o ${ordering?.orderers[0]?.host}:${ordering?.orderers[0]?.port} --tls --cafile …\`
   When a majority has approved, one of you commits (\`peer lifecycle chaincode commit\`, with the
   peers of a majority).
7. **Look.** \`peer channel getinfo -c ${topology.channel}\` at ${peer?.host} shows the common height;
   \`prometheus.yaml\` names what to scrape. Back up \`nodes/*/data\` with the peer stopped.
`;
}

function list(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
