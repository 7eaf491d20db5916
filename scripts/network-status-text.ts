/** A network's status as a table for a person. */
import type { Ordering } from '../network/fabric/operations/ordering.ts';
import { isUp, type NetworkStatus, type NodeStatus } from '../network/fabric/operations/status.ts';

/** Writes the status of a network. */
export function statusText(status: NetworkStatus): string {
  const header = ['node', 'state', 'height', 'behind', 'leads', 'certificates', 'disk'];
  const rows = [header, ...status.nodes.map(rowOf)];
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const chaincodes = status.chaincodes.map(({ name, version, sequence, servers }) => {
    const running = servers.filter(({ runs }) => runs).length;
    const of = servers.length === 0 ? 'servers elsewhere' : `${running} of ${servers.length} run`;
    return `chaincode ${name}, version ${version}, sequence ${sequence}: ${of}`;
  });
  const verdict = status.ready
    ? `Channel ${status.channel} is ready: every organisation can endorse with the others.`
    : `Channel ${status.channel} is not ready:`;
  return [
    ...table,
    ...orderersText(status.ordering),
    ...chaincodes,
    verdict,
    ...status.missing.map((one) => `  ${one}`),
  ].join('\n');
}

/** How many orderers can be lost before blocks stop: what to know before one is stopped. */
function orderersText(ordering: Ordering | undefined): readonly string[] {
  if (ordering === undefined) return [];
  const { voting, absent, spare } = ordering;
  const lose = spare === 0 ? 'none can be lost' : `${spare} can be lost`;
  const who = absent.length === 0 ? '' : `; without a vote: ${absent.join(', ')}`;
  return [`orderers: ${voting.length} of ${voting.length + absent.length} vote, ${lose} now${who}`];
}

function stateOf(node: NodeStatus): string {
  if (!isUp(node)) return 'down';
  return node.pid === undefined ? 'answers' : `runs as ${node.pid}`;
}

function rowOf(node: NodeStatus): readonly string[] {
  return [
    node.name,
    stateOf(node),
    node.height === undefined ? '-' : String(node.height),
    node.lag === undefined ? '-' : String(node.lag),
    node.leads ? 'yes' : '',
    `${node.certificateDaysLeft} days`,
    `${node.diskMegabytes} MB`,
  ];
}
