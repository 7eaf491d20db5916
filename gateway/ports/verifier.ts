/**
 * A verifier of signatures made by others: for organisations that must use certified software.
 *
 * It gives a second opinion. Ours always comes first, since it alone is the same at every
 * organisation and judges at the time of signing; see `second-opinion.ts`.
 */
export interface Verifier {
  /** What it is called in records and messages. */
  readonly name: string;
  /** Never throws for what the service does: a service that fails has no opinion. */
  verify(signed: Signed): Promise<Opinion>;
}

/** What is to be verified. */
export type Signed =
  | { readonly form: 'cms'; readonly signature: Uint8Array; readonly content?: Uint8Array }
  | { readonly form: 'enveloped' | 'soap'; readonly xml: string };

/** What the service says; without an opinion, why there is none. */
export type Opinion =
  | { readonly kind: 'valid' | 'invalid'; readonly signers: readonly OpinionSigner[] }
  | { readonly kind: 'none'; readonly why: NoOpinion };

/** A signer whom the service names; a service may leave the certificate out. */
export type OpinionSigner = {
  /** The certificate's number, in hexadecimal; services differ in leading noughts and in case. */
  readonly serial: string | undefined;
};

export type NoOpinion =
  /** It did not answer, or not in time, or said that it cannot now. */
  | 'unavailable'
  /** It did not take what it was given. */
  | 'refused'
  /** What it answered is no verdict. */
  | 'malformed';
