/** Test answers and their act: verified where tokens and heads may be seen, counted by verdict. */
import type { z } from 'zod';
import type { Bin } from '../../kernel/bin.ts';
import { identityOfJwt } from '../../kernel/jwt/verify-jwt.ts';
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { command, privateCommand, query } from '../../ledger/contract.ts';
import type { Reader } from '../../ledger/reader.ts';
import { givenVerdict, verdictText } from '../../ledger/verdict.ts';
import { cmsHash } from '../../trust/evidence.ts';
import { signedByTestKdp } from '../../trust/kdp-token.ts';
import { signedByHead } from '../heads/signing.ts';
import { refuse } from '../refusals.ts';
import { actFiled, answered } from '../rules.ts';
import type { Integration } from '../schema.ts';
import { byOwner } from '../steps.ts';
import { integrationOn, ownOrganisation } from '../store.ts';
import { testActFacts, testActHash, testActOf, testActRecord } from './act.ts';
import {
  countTestAnswer,
  fileTestAct,
  testAct,
  verifyTestAct,
  verifyTestAnswer,
} from './operations.ts';
import { isActOf, isTestAnswer } from './rules.ts';
import { countedAnswerType, testActVerdict, testAnswerVerdict } from './schema.ts';

export const testingHandlers = [
  privateCommand(
    verifyTestAnswer,
    async (ledger, input) => {
      const integration = await ownIntegration(ledger, input);
      if (!integration.ok) return integration;
      const claims = await signedByTestKdp(ledger, input.token, input.publicKey);
      const counts = andThen(claims, (value) =>
        isTestAnswer(value, integration.value, input.answeredAt),
      );
      if (!counts.ok) return counts;
      ledger.giveVerdict(verdictOnAnswer(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOnAnswer(input) }),
  ),

  command(countTestAnswer, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, testAnswerVerdict, verdict);
    if (!given.ok) return given;
    const { bin, system, tokenHash, answeredAt } = given.value;
    if ((await ledger.find(countedAnswerType, [tokenHash])) !== undefined) {
      return refused(refuse('TEST_ANSWER_COUNTED_ALREADY', { norm: 'OR-4' }));
    }
    const { transactionId, time } = ledger.circumstances;
    const counted = await byOwner(ledger, bin, system, 'KdpTestAnswerCounted', (integration) =>
      answered(integration, { tokenHash, answeredAt, transactionId }, time),
    );
    if (counted.ok) await ledger.put(countedAnswerType, { bin, system, tokenHash });
    return counted;
  }),

  query(testAct, async (ledger, { bin, system }) =>
    andThen(await integrationOn(ledger, bin, system), (integration) =>
      accepted({
        text: testActOf(integration),
        record: testActRecord(integration),
        facts: testActFacts(integration),
      }),
    ),
  ),

  privateCommand(
    verifyTestAct,
    async (ledger, input) => {
      const integration = await ownIntegration(ledger, input);
      if (!integration.ok) return integration;
      const record = testActRecord(input);
      const expected = { purpose: 'testAct', record, revision: 1 } as const;
      const signature = await signedByHead(ledger, input.bin, input, expected);
      if (!signature.ok) return signature;
      const act = isActOf(testActHash(integration.value), input.act);
      if (!act.ok) return act;
      const { facts } = signature.value.manifest;
      const wanted = Object.entries(testActFacts(integration.value));
      if (!wanted.every(([name, value]) => facts?.[name] === value)) {
        return refused(refuse('TEST_ACT_FACTS_DIFFER', { norm: 'OR-4', field: '/evidence' }));
      }
      ledger.giveVerdict(verdictOnAct(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOnAct(input) }),
  ),

  command(fileTestAct, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, testActVerdict, verdict);
    if (!given.ok) return given;
    const { bin, system, act, cms, signedAt, trustVersion } = given.value;
    return byOwner(ledger, bin, system, 'KdpTestActFiled', (integration) =>
      andThen(isActOf(testActHash(integration), act), () =>
        actFiled(integration, act, { cms, signedAt, trustVersion }),
      ),
    );
  }),
];

/** The integration of a system of the caller's own organisation. */
async function ownIntegration(
  ledger: Reader,
  { bin, system }: { readonly bin: Bin; readonly system: string },
): Promise<Outcome<Integration>> {
  const own = await ownOrganisation(ledger, bin);
  return own.ok ? integrationOn(ledger, bin, system) : own;
}

function verdictOnAnswer(input: z.output<typeof verifyTestAnswer.input>): string {
  const { bin, system, token, answeredAt } = input;
  const tokenHash = identityOfJwt(token);
  return verdictText({ verdict: 'TEST_ANSWER', bin, system, tokenHash, answeredAt });
}

function verdictOnAct(input: z.output<typeof verifyTestAct.input>): string {
  const { bin, system, act, evidence, found } = input;
  return verdictText({ verdict: 'TEST_ACT', bin, system, act, cms: cmsHash(evidence), ...found });
}
