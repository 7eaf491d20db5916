import { expect } from 'chai';
import { evidenceOf, evidenceText } from '../../chaincode/kernel/eds/evidence-file.ts';
import { dersOfFile } from '../../chaincode/kernel/eds/armour.ts';
import { manifestBytes, type Manifest } from '../../chaincode/kernel/eds/manifest.ts';
import { inspectionPolicy, ledgerPolicy, type Policy } from '../../chaincode/kernel/eds/policy.ts';
import { SignatureCache } from '../../chaincode/kernel/eds/signature-check.ts';
import { trustOf } from '../../chaincode/kernel/eds/trust.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { verifyFile, type Verifying } from '../../chaincode/kernel/eds/verify-file.ts';
import { base64Of, utf8Of } from '../../chaincode/kernel/bytes.ts';
import { knownInstant } from '../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { issueTo, keyOf } from '../../gateway/stands/eds/authority.ts';
import type { Holder } from '../../gateway/stands/eds/certificates.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { signMessage, stamp } from '../../gateway/stands/eds/signed-messages.ts';
import {
  at,
  authority,
  crl,
  document,
  holder,
  now,
  ocsp,
  signed,
  signer,
  stampedAt,
  trust,
} from './eds-scene.ts';
import { diceOf, mutant } from './mutations.ts';

/** A kind of input, a sound one of it, and what is said of any in its place. */
type Kind = {
  readonly sound: Uint8Array;
  /** Other sound inputs of the kind, to take parts from. */
  readonly others: readonly Uint8Array[];
  readonly judge: (input: Uint8Array) => Verdict;
};

/** A verdict on one input must not cost more than this, however hostile the input. */
const millisecondsMax = 100;

/**
 * Judges seeded mutants of one kind: none may say anything but what the sound input says, none may
 * throw, none may take long. Returns how many were still accepted, with the sound input's verdict.
 */
export function judgeMutants(name: string, kind: Kind, count: number): number {
  const dice = diceOf(`mutants of ${name}`);
  const sound = kind.judge(kind.sound);
  const original = JSON.stringify(sound);
  let accepted = 0;
  for (let index = 0; index < count; index += 1) {
    const input = mutant(kind.sound, kind.others, dice);
    const { verdict, milliseconds } = timed(() => kind.judge(input));
    expect(milliseconds, `mutant ${index} of ${name}`).to.be.below(millisecondsMax);
    if (!verdict.ok) continue;
    if (verdict.kind !== sound.kind) {
      // A sound part alone, as the time stamp of a signature, is a file of its own kind.
      const isPart = Buffer.from(kind.sound).includes(Buffer.from(input));
      expect(isPart, `mutant ${index} of ${name} is a ${verdict.kind}`).to.equal(true);
      continue;
    }
    expect(JSON.stringify(verdict), `mutant ${index} of ${name}`).to.equal(original);
    accepted += 1;
  }
  return accepted;
}

/** Time of the processor, the least of three runs: a busy machine may put any run aside for long. */
function timed(work: () => Verdict): { verdict: Verdict; milliseconds: number } {
  let least = Infinity;
  for (let run = 1; ; run += 1) {
    const start = process.cpuUsage();
    const verdict = work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
    if (least < millisecondsMax / 2 || run === 3) return { verdict, milliseconds: least };
  }
}

const cache = new SignatureCache(64);
const pledgor = holder('pledgor');
const spouse = holder('spouse');

function judging(changes: Partial<Verifying>): (input: Uint8Array) => Verdict {
  return (input) =>
    verifyFile(input, {
      evidence: { ocsps: [answer] },
      content: undefined,
      trust: trust(),
      policy: ledgerPolicy,
      moments: { now },
      cache,
      ...changes,
    });
}

const answer = ocsp();
const examined: Partial<Verifying> = { policy: inspectionPolicy, moments: { at: now } };
const by = (policy: Partial<Policy>): Policy => ({ ...ledgerPolicy, ...policy });

/** A holder who signs each message once: what is stamped anew has the same signature. */
function remembering(who: Holder): Holder {
  const known = new Map<string, Uint8Array>();
  const sign = (message: Uint8Array) => {
    const name = base64Of(message);
    const signature = known.get(name) ?? who.key.sign(message);
    known.set(name, signature);
    return signature;
  };
  return { ...who, key: { ...who.key, sign } };
}

/** What is said of the pledgor's signature with this evidence beside it. */
function besides(evidence: (input: Uint8Array) => Partial<Verifying['evidence']>) {
  const signature = signed();
  return (input: Uint8Array) => judging({ evidence: { ocsps: [], ...evidence(input) } })(signature);
}

const manifest: Manifest = {
  version: 1,
  purpose: 'confirmation',
  channel: 'kepil',
  record: 'APP-1',
  revision: 1,
  salt: '0b'.repeat(32),
  facts: { property: '01:02:003:0004', sumTiyn: '1000000000' },
};

function overManifest(): Kind {
  const key = remembering(pledgor);
  const { purpose, channel, record, revision } = manifest;
  const demanded = { purpose, channel, record, revision };
  const message = (content: Uint8Array) => signed(key, {}, { content, detached: true });
  const signature = message(manifestBytes(manifest));
  return {
    sound: manifestBytes(manifest),
    others: [manifestBytes({ ...manifest, revision: 2 })],
    judge: (content) => judging({ content, policy: by({ manifest: demanded }) })(signature),
  };
}

function overToken(): Kind {
  const key = remembering(pledgor);
  const token = (time: string) => (signature: Uint8Array) =>
    stamp(signature, { service: authority().timeStamper, at: at(time) });
  const tokens: Uint8Array[] = [];
  const kept = (signature: Uint8Array) => {
    tokens.push(token('10:00:02')(signature));
    return tokens[0] ?? signature;
  };
  signed(key, { stamp: kept });
  const [sound = new Uint8Array()] = tokens;
  return {
    sound,
    others: [token('10:03:00')(document)],
    judge: (input) => judging({})(signed(key, { stamp: () => input })),
  };
}

function rsaKind(): Kind {
  const { root, issuer, responder, timeStamper } = authority('rsa');
  const owner = issueTo(people.coOwner, issuer, keyOf('rsa', 'tests coOwner'));
  const rsaTrust = valueOrThrow(
    trustOf({
      version: 'rsa',
      authorities: [root.certificate, issuer.certificate],
      timeStampers: [timeStamper.certificate],
    }),
  );
  const stamped = (bytes: Uint8Array) => stamp(bytes, { service: timeStamper, at: stampedAt });
  const ocsps = [ocsp(owner, { issuer, responder })];
  return {
    sound: signMessage({ content: document, signers: [signer(owner, { stamp: stamped })] }),
    others: [signed()],
    judge: judging({ trust: rsaTrust, evidence: { ocsps } }),
  };
}

/** The same message with indefinite lengths around it, as programs write that sign as they read. */
export function indefinite(message: Uint8Array): Uint8Array {
  const skip = (bytes: Uint8Array) =>
    bytes.subarray((bytes[1] ?? 0) < 0x80 ? 2 : 2 + ((bytes[1] ?? 0) & 0x7f));
  return Uint8Array.of(0x30, 0x80, ...skip(message), 0, 0);
}

function asText(): Kind {
  const read = judging({});
  const pem = (bytes: Uint8Array) =>
    utf8Of(
      `-----BEGIN CMS-----\n${base64Of(bytes).replaceAll(/.{64}/g, '$&\n')}\n-----END CMS-----\n`,
    );
  return {
    sound: pem(signed()),
    others: [],
    judge: (input) => {
      const ders = dersOfFile(input);
      return read(ders.ok ? (ders.value[0] ?? input) : input);
    },
  };
}

function asEvidenceFile(): Kind {
  const file = { signature: signed(), certificates: [], crls: [], ocsps: [answer] };
  return {
    sound: utf8Of(evidenceText(file)),
    others: [],
    judge: (input) => {
      const { signature, ...evidence } = evidenceOf(input) ?? { signature: input, ocsps: [] };
      return judging({ evidence: { ocsps: evidence.ocsps } })(signature);
    },
  };
}

/** Every kind of input that the verifier reads. */
export function kindsOfInput(): Readonly<Record<string, Kind>> {
  const two = signMessage({ content: document, signers: [signer(pledgor), signer(spouse)] });
  const ocsps = [answer, ocsp(spouse)];
  const revoked = [{ serial: pledgor.serial, at: at('09:00:00') }];
  const others = Array.from({ length: 20 }, (_, index) => ({
    serial: Uint8Array.of(0x50, index, 7),
    at: at('08:00:00'),
  }));
  const detached = signed(pledgor, {}, { detached: true });
  return {
    'a signature': { sound: signed(), others: [signed(spouse)], judge: judging({}) },
    'a signature by two': {
      sound: two,
      others: [signed(spouse)],
      // That a signature was taken away can only be seen by who knows how many there were.
      judge: judging({ evidence: { ocsps }, policy: by({ signers: [{}, {}] }) }),
    },
    'an RSA signature': rsaKind(),
    'a signature of indefinite length': {
      sound: indefinite(signed()),
      others: [],
      judge: judging({}),
    },
    'a signature as text': asText(),
    'a detached signature': {
      sound: detached,
      others: [signed()],
      judge: judging({ content: document }),
    },
    'a signed document': {
      sound: document,
      others: [],
      judge: (content) => judging({ content })(detached),
    },
    'a manifest': overManifest(),
    'a time stamp': overToken(),
    'a certificate': {
      sound: pledgor.certificate,
      others: [spouse.certificate, authority().issuer.certificate],
      judge: judging(examined),
    },
    'a list of revoked certificates': {
      sound: crl({ revoked: others }),
      others: [crl({ number: 8 })],
      judge: besides((input) => ({ crls: [input] })),
    },
    'a list that revokes': {
      sound: crl({ revoked }),
      others: [crl({ number: 6, thisUpdate: knownInstant('2026-05-01T00:00:00.000Z') })],
      judge: besides((input) => ({ crls: [input] })),
    },
    'an OCSP response': {
      sound: answer,
      others: [ocsp(spouse)],
      judge: besides((input) => ({ ocsps: [input] })),
    },
    'an OCSP response that revokes': {
      sound: ocsp(pledgor, { state: { at: at('09:00:00'), reason: 'superseded' } }),
      others: [ocsp(spouse)],
      judge: besides((input) => ({ ocsps: [input] })),
    },
    'an evidence file': asEvidenceFile(),
  };
}
