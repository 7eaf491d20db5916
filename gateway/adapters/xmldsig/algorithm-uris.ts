import {
  digestOf,
  signatureOf,
  type AlgorithmSwitches,
  type DigestName,
  type SignatureAlgorithm,
} from '../../../chaincode/kernel/eds/algorithms.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import { refused, type Outcome } from '../../../chaincode/kernel/outcome.ts';

/** XML names algorithms by URI where certificates have OIDs; the policy is stated over the latter. */
const national = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

const signatures: Readonly<Record<string, string>> = {
  [`${national}gostr34102015-gostr34112015-512`]: '1.2.398.3.10.1.1.2.3.2',
  [`${national}gostr34102015-gostr34112015-256`]: '1.2.398.3.10.1.1.2.3.1',
  [`${more}gost34310-gost34311`]: '1.2.398.3.10.1.1.1.2',
  [`${more}rsa-sha256`]: '1.2.840.113549.1.1.11',
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1': '1.2.840.113549.1.1.5',
};

const digests: Readonly<Record<string, string>> = {
  [`${national}gostr34112015-512`]: '1.2.398.3.10.1.3.3',
  [`${national}gostr34112015-256`]: '1.2.398.3.10.1.3.2',
  [`${more}gost34311`]: '1.2.398.3.10.1.3.1',
  'http://www.w3.org/2001/04/xmlenc#sha256': '2.16.840.1.101.3.4.2.1',
  'http://www.w3.org/2000/09/xmldsig#sha1': '1.3.14.3.2.26',
};

/** The signature algorithm that a URI names, if the policy relies on it. */
export function signatureOfUri(
  uri: string,
  switches: AlgorithmSwitches,
): Outcome<SignatureAlgorithm> {
  const oid = Object.hasOwn(signatures, uri) ? signatures[uri] : undefined;
  return oid === undefined ? unsupported(uri) : signatureOf(oid, switches);
}

/** The digest that a URI names, if the policy relies on it. */
export function digestOfUri(uri: string, switches: AlgorithmSwitches): Outcome<DigestName> {
  const oid = Object.hasOwn(digests, uri) ? digests[uri] : undefined;
  return oid === undefined ? unsupported(uri) : digestOf(oid, switches);
}

function unsupported(uri: string) {
  return refused(refuse('UNSUPPORTED_ALG', { params: { oid: uri } }));
}
