import { z } from 'zod';
import type { Opinion, Signed, Verifier } from '../ports/verifier.ts';

/**
 * NCANode (https://ncanode.kz): a service over the certified library of the National Certification
 * Authority, which an organisation runs for itself. Its weaknesses are why it is never the only
 * check: it judges at the present moment, verifies no time stamp, and calls a message valid that
 * has no signers.
 */
export type NcanodeOptions = {
  /** Where the service answers: `http://127.0.0.1:14579`. */
  readonly url: string;
  /** Which of its sources it asks about revocation; each makes it ask the authority's services. */
  readonly revocation: readonly ('OCSP' | 'CRL')[];
  readonly timeoutMs: number;
};

/** The answer to one signature is some kilobytes; with 16 certificates still below this. */
const answerBytesMax = 1 << 20;
const signersMax = 64;

const paths = { cms: 'cms/verify', enveloped: 'xml/verify', soap: 'wsse/verify' } as const;

const certificate = z.object({ serialNumber: z.string().max(64) });

/** What is read of an answer: CMS signers hold certificates, XML signers are such, or null. */
const answer = z.object({
  valid: z.boolean(),
  signers: z
    .array(
      z.union([z.object({ certificates: z.array(certificate).max(16) }), certificate, z.null()]),
    )
    .max(signersMax),
});

type AnsweredSigner = z.infer<typeof answer>['signers'][number];

/** A verifier that asks a running NCANode. */
export function ncanodeVerifier(options: NcanodeOptions): Verifier {
  return {
    name: 'NCANode',
    verify: (signed) => ask(signed, options),
  };
}

async function ask(
  signed: Signed,
  { url, revocation, timeoutMs }: NcanodeOptions,
): Promise<Opinion> {
  const base = url.endsWith('/') ? url : `${url}/`;
  try {
    const response = await fetch(new URL(paths[signed.form], base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...bodyOf(signed), revocationCheck: revocation }),
      // The service is one that the organisation named; it is not to send its documents elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await textOf(response);
    if (response.status >= 500) return { kind: 'none', why: 'unavailable' };
    if (!response.ok) return { kind: 'none', why: 'refused' };
    return text === undefined ? { kind: 'none', why: 'malformed' } : opinionOf(text);
  } catch {
    // No connection, no answer in time, or one broken off: `fetch` tells of them alike.
    return { kind: 'none', why: 'unavailable' };
  }
}

function bodyOf(signed: Signed): Record<string, string> {
  if (signed.form !== 'cms') return { xml: signed.xml };
  const { signature, content } = signed;
  const cms = Buffer.from(signature).toString('base64');
  return content ? { cms, data: Buffer.from(content).toString('base64') } : { cms };
}

/** The text of an answer; undefined if it is longer than any verdict. */
async function textOf({ body }: Response): Promise<string | undefined> {
  if (!body) return '';
  const pieces: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the rest of the answer.
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > answerBytesMax) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function opinionOf(text: string): Opinion {
  const parsed = answer.safeParse(jsonOf(text));
  if (!parsed.success) return { kind: 'none', why: 'malformed' };
  const { valid, signers } = parsed.data;
  return {
    kind: valid ? 'valid' : 'invalid',
    signers: signers.map((signer) => ({ serial: serialOf(signer) })),
  };
}

/** Of a CMS signer it lists the certificates that bear the number he names: one, or copies of it. */
function serialOf(signer: AnsweredSigner): string | undefined {
  if (signer === null) return undefined;
  return 'certificates' in signer ? signer.certificates[0]?.serialNumber : signer.serialNumber;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Malformed like any other answer that is not as described.
    return undefined;
  }
}
