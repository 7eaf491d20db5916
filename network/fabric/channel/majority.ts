/** How many of so many decide: the channel's policies ask for more than half. */
export function majorityCount(of: number): number {
  return Math.floor(of / 2) + 1;
}
