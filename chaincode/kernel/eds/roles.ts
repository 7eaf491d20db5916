/**
 * What a certificate says its holder is, by the extended key usages of the national authority
 * (register of OIDs; rules of order V2000021440).
 */
export const roles = [
  'person',
  'organisation',
  'head',
  'signatory',
  'financeSignatory',
  'hr',
  'employee',
  'system',
  'treasury',
] as const;
export type Role = (typeof roles)[number];

const roleOids: Readonly<Record<string, Role>> = {
  '1.2.398.3.3.4.1.1': 'person',
  '1.2.398.3.3.4.1.2': 'organisation',
  '1.2.398.3.3.4.1.2.1': 'head',
  '1.2.398.3.3.4.1.2.2': 'signatory',
  '1.2.398.3.3.4.1.2.3': 'financeSignatory',
  '1.2.398.3.3.4.1.2.4': 'hr',
  '1.2.398.3.3.4.1.2.5': 'employee',
  '1.2.398.3.3.4.1.2.6': 'system',
  '1.2.398.5.19.1.2.2.1': 'treasury',
};

/** Information systems of several classes stand one level below the role. */
const systemPrefix = '1.2.398.3.3.4.1.2.6.';

export const usageOids = {
  signature: '1.3.6.1.5.5.7.3.4',
  authentication: '1.3.6.1.5.5.7.3.2',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const;

/** The OID of a role, for those who ask a signing program for such a key. */
export function roleOid(role: Role): string {
  return Object.entries(roleOids).find(([, known]) => known === role)?.[0] ?? '';
}

/** The roles that a certificate's extended key usages give its holder, in the order of `roles`. */
export function rolesOf(extendedKeyUsage: readonly string[] | undefined): readonly Role[] {
  const held = new Set(
    (extendedKeyUsage ?? []).map((oid) =>
      oid.startsWith(systemPrefix)
        ? 'system'
        : Object.hasOwn(roleOids, oid)
          ? roleOids[oid]
          : undefined,
    ),
  );
  return roles.filter((role) => held.has(role));
}
