/**
 * The organisations that the law gives a part of their own, by their MSP.
 *
 * Who they are is fixed with the channel: a change of one is a change of the consortium's chaincode.
 */

/** The State Corporation: the registering body (000 alg. 13) and the holder of EGKN. */
export const registrarMsp = 'GosCorpMSP';

/** The authority for digital assets and mining (001, 003 cl. 2 3); 004 cl. 2 2)). */
export const authorityMsp = 'AuthorityMSP';

/** The operator of e-government: KDP, Smart Bridge, lists of trust. */
export const operatorMsp = 'NitMSP';

/** Those without whom the chaincode cannot work: it names them, and nobody else takes their part. */
export const institutions: readonly string[] = [registrarMsp, authorityMsp, operatorMsp];

/** The implicit collection of private data that one organisation's peers alone keep. */
export function collectionOf(mspId: string): string {
  return `_implicit_org_${mspId}`;
}
