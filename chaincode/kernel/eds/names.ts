import { hexOf } from '../bytes.ts';
import { itemsOf, oidOf, sequence, stringOf, tagged, tags, type Der } from './der.ts';

/**
 * Distinguished names. They are compared by their bytes: an authority writes its name in its own
 * certificate and in those it issues with the same encoding, and no text folding is needed.
 */
export type Name = {
  readonly bytes: Uint8Array;
  /** In the order of the encoding; order means nothing, attributes are looked up by OID. */
  readonly attributes: readonly Attribute[];
};

/** One attribute of a name; text that we cannot read stands as `#` and its hexadecimal DER. */
export type Attribute = { readonly oid: string; readonly text: string };

const attributesMax = 32;

/** Parses a Name. */
export function nameOf(node: Der, part: string): Name {
  const sets = itemsOf(tagged(node, tags.sequence, part), attributesMax);
  const attributes = sets.flatMap((set) =>
    itemsOf(tagged(set, tags.set, part), attributesMax).map((pair) => attributeOf(pair, part)),
  );
  return { bytes: node.bytes, attributes };
}

function attributeOf(pair: Der, part: string): Attribute {
  const fields = sequence(pair, part);
  const oid = oidOf(fields.any(), part);
  const value = fields.any();
  fields.end();
  return { oid, text: stringOf(value, part) ?? `#${hexOf(value.bytes)}` };
}

/** All values of one attribute, each once. */
export function attributeTexts(name: Name, oid: string): readonly string[] {
  const texts = name.attributes.filter((item) => item.oid === oid).map((item) => item.text);
  return [...new Set(texts)];
}

/** The attributes that Kazakhstan's certificates use, by OID. */
export const attributeOids = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  organisation: '2.5.4.10',
  organisationalUnit: '2.5.4.11',
  businessCategory: '2.5.4.15',
  /** In the national authority's certificates this holds the patronymic. */
  givenName: '2.5.4.42',
  email: '1.2.840.113549.1.9.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
  userId: '0.9.2342.19200300.100.1.1',
} as const;

const shortNames: Readonly<Record<string, string>> = {
  [attributeOids.commonName]: 'CN',
  [attributeOids.surname]: 'SN',
  [attributeOids.serialNumber]: 'serialNumber',
  [attributeOids.country]: 'C',
  [attributeOids.locality]: 'L',
  [attributeOids.state]: 'ST',
  [attributeOids.organisation]: 'O',
  [attributeOids.organisationalUnit]: 'OU',
  [attributeOids.businessCategory]: 'businessCategory',
  [attributeOids.givenName]: 'GN',
  [attributeOids.email]: 'E',
  [attributeOids.domainComponent]: 'DC',
  [attributeOids.userId]: 'UID',
};

/** The name as people read it: `CN=…, C=KZ`. For display only, never for comparison. */
export function nameText(name: Name): string {
  return name.attributes.map(({ oid, text }) => `${shortNames[oid] ?? oid}=${text}`).join(', ');
}
