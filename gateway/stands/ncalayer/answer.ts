import { z } from 'zod';
import { base64Of, bytesOfBase64 } from '../../../chaincode/kernel/bytes.ts';
import { roleOid, usageOids } from '../../../chaincode/kernel/eds/roles.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import type { TestPerson } from '../eds/authority.ts';
import { demoHolder, demoSign } from '../eds/demo.ts';
import { people, type PersonName } from '../eds/people.ts';

/**
 * What NCALayer would answer, with the keys of demonstrations in place of the user's: the module
 * `kz.gov.pki.knca.basics` and its method `sign` for CMS. Signing XML and other modules are refused
 * as NCALayer refuses what it does not know.
 */
const dataMax = 100;

const requestSchema = z.object({
  module: z.string(),
  method: z.string().optional(),
  args: z.unknown().optional(),
});

const signSchema = z.object({
  format: z.enum(['cms', 'xml']),
  data: z.union([z.string(), z.array(z.string()).min(1).max(dataMax)]),
  signingParams: z.object({
    decode: z.boolean().optional(),
    encapsulate: z.boolean().optional(),
    digested: z.boolean().optional(),
    tsaProfile: z.unknown().optional(),
  }),
  signerParams: z
    .object({
      extKeyUsageOids: z.array(z.string()).optional(),
      iin: z.string().optional(),
      bin: z.string().optional(),
    })
    .optional(),
});
type SignArguments = z.infer<typeof signSchema>;

/** What the user of the demonstration does. */
export type StandUser = {
  /** Who sits at the machine where a request names nobody. */
  readonly person: PersonName;
  readonly cancels: boolean;
};

/** The answer to one message, as JSON text. */
export function answerTo(message: string, user: StandUser, at: Instant): string {
  return JSON.stringify(answerOf(message, user, at));
}

function answerOf(message: string, user: StandUser, at: Instant): unknown {
  const request = requestSchema.safeParse(jsonOf(message));
  if (!request.success) return failure('INVOCATION_ERROR', 'The request is not understood.');
  const { module, method, args } = request.data;
  if (module !== 'kz.gov.pki.knca.basics') {
    return { status: false, errorCode: 'MODULE_NOT_FOUND', message: module };
  }
  const parsed = signSchema.safeParse(args);
  if (method !== 'sign' || !parsed.success) {
    return failure('INVOCATION_ERROR', 'Only the method "sign" is known to the stand.');
  }
  return user.cancels ? { status: true, body: {} } : signed(parsed.data, user, at);
}

function signed(request: SignArguments, user: StandUser, at: Instant): unknown {
  const { format, data, signingParams } = request;
  if (format !== 'cms' || signingParams.digested === true) {
    return failure('INVALID_SIGNING_PARAMS', 'The stand signs whole texts as CMS.');
  }
  const name = signerFor(request, user);
  if (name === undefined) return failure('SIGNING_FAILURE', 'Nobody here has such a key.');
  const texts = (Array.isArray(data) ? data : [data]).map((text) => contentOf(text, signingParams));
  const contents = texts.filter((content) => content !== undefined);
  if (contents.length < texts.length) return failure('INVALID_SIGNING_PARAMS', 'data is no base64');
  const options = {
    signers: [demoHolder(name)],
    at,
    detached: signingParams.encapsulate !== true,
    stamped: (signingParams.tsaProfile ?? null) !== null,
  };
  const signatures = contents.map((content) => pemOf(demoSign(content, options)));
  return { status: true, body: { result: Array.isArray(data) ? signatures : signatures[0] } };
}

function contentOf(
  text: string,
  { decode }: SignArguments['signingParams'],
): Uint8Array | undefined {
  if (decode !== true) return new TextEncoder().encode(text);
  const bytes = bytesOfBase64(text);
  return bytes.ok ? bytes.value : undefined;
}

/** The user, if their key is of the kind asked for; else whoever of the demonstration has one. */
function signerFor({ signerParams }: SignArguments, user: StandUser): PersonName | undefined {
  const names = Object.keys(people) as PersonName[];
  const { iin, bin, extKeyUsageOids = [] } = signerParams ?? {};
  return [user.person, ...names].find((name) => {
    const person: TestPerson = people[name];
    return (
      (iin === undefined || person.iin === iin) &&
      (bin === undefined || person.bin === bin) &&
      extKeyUsageOids.every((oid) => usagesOf(person).includes(oid))
    );
  });
}

function usagesOf({ role }: TestPerson): readonly string[] {
  const organisation = role === 'person' ? [] : [roleOid('organisation')];
  return [usageOids.signature, ...organisation, roleOid(role)];
}

function pemOf(der: Uint8Array): string {
  const body = base64Of(der).replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CMS-----\n${body}\n-----END CMS-----\n`;
}

function failure(code: string, message: string): unknown {
  return { status: false, code, message, details: '' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Answered like any other request that is not understood.
    return undefined;
  }
}
