/** How many orderers must serve: of n, SmartBFT bears the loss of a third of the others. */
export function quorumOf(orderers: number): number {
  const faults = Math.floor((orderers - 1) / 3);
  return Math.ceil((orderers + faults + 1) / 2);
}
