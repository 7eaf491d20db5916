/** Pledges for tests: made up, with identifiers that count up. */
import { binSchema, type Bin } from '../../../chaincode/kernel/bin.ts';
import {
  applicationIdSchema,
  type ApplicationId,
} from '../../../chaincode/kernel/application-id.ts';
import { cadastralNumberSchema } from '../../../chaincode/kernel/cadastral-number.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { instantOfMs, knownInstant } from '../../../chaincode/kernel/instant.ts';
import { minuteOf } from '../../../chaincode/kernel/minute.ts';
import type { AcceptanceKey, Encumbrance } from '../../../chaincode/pledges/encumbrance.ts';

export const property = cadastralNumberSchema.parse('20:315:033:105:1:7');
export const banks: readonly Bin[] = ['990140000017', '990140000027', '990140000037'].map((bin) =>
  binSchema.parse(bin),
);

/** The nth application. */
export function applicationNumber(n: number): ApplicationId {
  return applicationIdSchema.parse(`0190f3c4-8e00-7a00-8000-${String(n).padStart(12, '0')}`);
}

/** An acceptance in some minute, of the nth application. */
export function acceptanceAt(minute: number, n: number): AcceptanceKey {
  const instant = instantOfMs(Date.UTC(2026, 2, 10, 6) + minute * 60_000);
  return {
    minute: minuteOf(instant),
    egknNumber: String(n),
    application: applicationNumber(n),
  };
}

/** A live pledge of the property, registered by the nth application. */
export function pledge(n: number, changes: Partial<Encumbrance> = {}): Encumbrance {
  const id = applicationNumber(n);
  const since = knownInstant('2026-03-10T06:00:00.000Z');
  const document = documentHashOf(`document ${n}`);
  return {
    id,
    property,
    kind: 'PLEDGE',
    acceptance: acceptanceAt(n, n),
    registeredAt: since,
    platform: banks[0] as Bin,
    holders: [{ bin: banks[0] as Bin, application: id, since }],
    terms: [{ application: id, titleDocument: document, dossier: document, since }],
    consentToRepledge: false,
    state: 'LIVE',
    ...changes,
  };
}
