/** Where a value was written: the height of its transaction. */
export type Version = { readonly block: number; readonly tx: number };

export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.block === b.block && a.tx === b.tx;
}

/** As Fabric prints it in its messages. */
export function versionText(version: Version | undefined): string {
  return version === undefined ? '<nil>' : `{BlockNum: ${version.block}, TxNum: ${version.tx}}`;
}

/** Fabric's own encoding, which the commit hash is made over. */
export function versionBytes(version: Version): Buffer {
  return Buffer.concat([orderPreserving(version.block), orderPreserving(version.tx)]);
}

function orderPreserving(value: number): Buffer {
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.from([digits.length, ...digits]);
}
