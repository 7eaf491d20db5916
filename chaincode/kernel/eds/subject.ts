import type { Certificate } from './certificate.ts';
import { attributeOids, attributeTexts, type Name } from './names.ts';
import { rolesOf, type Role } from './roles.ts';

/** Who holds a certificate. What identifies a natural person stands apart, to be left out whole. */
export type Subject = {
  readonly kind: 'person' | 'organisation' | 'system' | 'other';
  readonly bin: string | undefined;
  readonly organisation: string | undefined;
  readonly roles: readonly Role[];
  /** Personal data: it never reaches public state, events, logs or errors. */
  readonly person: Person | undefined;
  /** Whether the certificate names more than one number of a kind, so that none can be relied on. */
  readonly ambiguous: boolean;
};

export type Person = {
  readonly iin: string;
  readonly commonName: string | undefined;
  readonly surname: string | undefined;
  /** The national authority writes the patronymic into givenName. */
  readonly patronymic: string | undefined;
};

/** Reads the subject: every attribute is found by its OID, wherever it stands. */
export function subjectOf(certificate: Certificate): Subject {
  const name = certificate.subject;
  const iins = numbers(name, attributeOids.serialNumber, /^IIN(\d{12})$/);
  const bins = numbers(name, attributeOids.organisationalUnit, /^BIN(\d{12})$/);
  const [iin] = iins;
  const [bin] = bins;
  const roles = rolesOf(certificate.extendedKeyUsage);
  return {
    kind:
      bin === undefined
        ? iin === undefined
          ? 'other'
          : 'person'
        : iin
          ? 'organisation'
          : 'system',
    bin,
    organisation: bin === undefined ? undefined : first(name, attributeOids.organisation),
    roles,
    person: iin === undefined ? undefined : personOf(name, iin),
    ambiguous: iins.length > 1 || bins.length > 1,
  };
}

function personOf(name: Name, iin: string): Person {
  return {
    iin,
    commonName: first(name, attributeOids.commonName),
    surname: first(name, attributeOids.surname),
    patronymic: first(name, attributeOids.givenName),
  };
}

function numbers(name: Name, oid: string, form: RegExp): readonly string[] {
  return attributeTexts(name, oid).flatMap((text) => form.exec(text)?.[1] ?? []);
}

function first(name: Name, oid: string): string | undefined {
  return attributeTexts(name, oid)[0];
}
