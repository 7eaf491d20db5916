/** What the OIDs of signatures mean, for people. */
const names: Readonly<Record<string, string>> = {
  '1.2.398.3.10.1.1.2.3.2': 'GOST 34.10-2015 (512) with 34.11-2015',
  '1.2.398.3.10.1.1.2.3.1': 'GOST 34.10-2015 (256) with 34.11-2015',
  '1.2.398.3.10.1.1.2.2': 'key of GOST 34.10-2015 (512)',
  '1.2.398.3.10.1.1.1.1': 'key of GOST 34.310-2004',
  '1.2.398.3.10.1.1.1.2': 'GOST 34.310-2004',
  '1.2.398.3.10.1.3.3': 'GOST 34.11-2015 (512)',
  '1.2.398.3.10.1.3.2': 'GOST 34.11-2015 (256)',
  '1.2.398.3.10.1.3.1': 'GOST 34.311-95',
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.5': 'RSA with SHA-1',
  '1.2.840.113549.1.1.11': 'RSA with SHA-256',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '1.3.14.3.2.26': 'SHA-1',
  '1.2.840.113549.1.7.1': 'data',
  '1.2.840.113549.1.9.16.1.4': 'time stamp',
  '1.3.6.1.5.5.7.3.2': 'authentication',
  '1.3.6.1.5.5.7.3.4': 'signature',
  '1.3.6.1.5.5.7.3.8': 'time stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP signing',
  '1.2.398.3.3.4.1.1': 'natural person',
  '1.2.398.3.3.4.1.2': 'legal entity',
  '1.2.398.3.3.4.1.2.1': 'head of the legal entity',
  '1.2.398.3.3.4.1.2.2': 'right to sign',
  '1.2.398.3.3.4.1.2.3': 'right to sign financial documents',
  '1.2.398.3.3.4.1.2.4': 'HR officer',
  '1.2.398.3.3.4.1.2.5': 'employee',
  '1.2.398.3.3.4.1.2.6': 'information system',
  '1.2.398.3.3.4.3.1': 'identity proved at a service centre',
  '1.2.398.3.3.4.3.2': 'identity proved remotely',
  '1.2.398.3.3.4.3.2.1': 'identity proved by Digital ID',
  '1.2.398.3.3.5.1.1': 'key in a PKCS#12 file',
  '1.2.398.5.19.1.2.2.1': 'treasury client',
  '1.2.398.3.3.2': 'certificate policy of the national authority',
  '1.2.398.3.3.2.6.4': 'time-stamp policy for GOST-2015',
};

/** The meaning with the OID behind it; undefined for one that is not known, and for other text. */
export function oidName(text: string): string | undefined {
  const name = Object.hasOwn(names, text) ? names[text] : undefined;
  return name && `${name} (${text})`;
}
