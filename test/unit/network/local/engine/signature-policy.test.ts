import { common, msp } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import fc from 'fast-check';
import type { PolicySubject } from '../../../../../network/local/engine/policy.ts';
import { ChannelPolicies } from '../../../../../network/local/engine/channel-policies.ts';
import { parsePolicy } from '../../../../../network/local/engine/policy-language.ts';
import { satisfiedByPeers } from '../../../../../network/local/engine/policy.ts';
import { signaturePolicy } from '../../../../../network/local/engine/signature-policy.ts';

const organisations = ['AMSP', 'BMSP', 'CMSP'] as const;
const roles = ['member', 'peer', 'client', 'admin'] as const;

/** A policy as a tree, to be printed and to be counted by hand. */
type Tree =
  | { readonly org: string; readonly role: (typeof roles)[number] }
  | { readonly n: number; readonly of: readonly Tree[] };

const leaf: fc.Arbitrary<Tree> = fc.record({
  org: fc.constantFrom(...organisations),
  role: fc.constantFrom(...roles),
});
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .array(tie('tree'), { minLength: 1, maxLength: 3 })
      .chain((of) => fc.record({ n: fc.integer({ min: 0, max: of.length }), of: fc.constant(of) })),
  ),
}));
const subject: fc.Arbitrary<PolicySubject> = fc.record({
  mspId: fc.constantFrom(...organisations),
  certificatePem: fc.uuid(),
  role: fc.constantFrom('peer', 'client', 'admin', 'orderer'),
});

function print(policy: Tree): string {
  if ('org' in policy) return `'${policy.org}.${policy.role}'`;
  return `OutOf(${[policy.n, ...policy.of.map(print)].join(', ')})`;
}

function fits(policy: Extract<Tree, { org: string }>, { mspId, role }: PolicySubject): boolean {
  return policy.org === mspId && (policy.role === 'member' || policy.role === role);
}

/** What remains of the signers when the policy has taken its own; none where it is not met. */
function take(
  policy: Tree,
  signers: readonly PolicySubject[],
): readonly PolicySubject[] | undefined {
  if ('org' in policy) {
    const taken = signers.find((signer) => fits(policy, signer));
    return taken && signers.filter((signer) => signer !== taken);
  }
  let left = signers;
  let met = 0;
  for (const part of policy.of) {
    const next = take(part, left);
    if (next === undefined) continue;
    left = next;
    met += 1;
  }
  return met >= policy.n ? left : undefined;
}

describe('a signature policy', () => {
  it('takes each signer once, first come first served', () => {
    fc.assert(
      fc.property(
        fc.array(tree, { minLength: 1, maxLength: 3 }),
        fc.array(subject, { maxLength: 5 }),
        (of, signers) => {
          const policy: Tree = { n: of.length, of };
          const admitted = signaturePolicy(parsePolicy(print(policy))).admits(signers);
          expect(admitted).to.equal(take(policy, signers) !== undefined);
        },
      ),
    );
  });

  it('is met by more signers wherever it is met by fewer, if they come last', () => {
    fc.assert(
      fc.property(tree, fc.array(subject, { maxLength: 4 }), subject, (each, signers, more) => {
        const policy = signaturePolicy(parsePolicy(`OutOf(1, ${print(each)})`));
        fc.pre(policy.admits(signers));
        expect(policy.admits([...signers, more])).to.equal(true);
      }),
    );
  });

  it('is read in every notation that Fabric knows', () => {
    const bytes = (text: string) =>
      Buffer.from(parsePolicy(text).serializeBinary()).toString('hex');
    expect(bytes("AND('AMSP.peer','BMSP.peer')")).to.equal(
      bytes("OutOf(2, 'AMSP.peer', 'BMSP.peer')"),
    );
    expect(bytes('or(\'AMSP.peer\', "BMSP.peer")')).to.equal(
      bytes("OutOf(1,'AMSP.peer','BMSP.peer')"),
    );
    expect(bytes("OR('Org-1.MSP.member', and('BMSP.peer'))")).to.be.a('string');
  });

  for (const wrong of [
    '',
    "AND('AMSP.peer'",
    "AND('AMSP')",
    "XOR('AMSP.peer')",
    "OutOf('AMSP.peer')",
    "AND('AMSP.peer') x",
    "OutOf(5, 'AMSP.peer')",
    "AND('AMSP.king')",
  ]) {
    it(`is not ${JSON.stringify(wrong)}`, () => {
      expect(() => parsePolicy(wrong)).to.throw();
    });
  }

  it('may name one certificate, or be no policy at all', () => {
    const identity = new msp.SerializedIdentity();
    identity.setMspid('AMSP');
    identity.setIdBytes(Buffer.from('this one'));
    const principal = new msp.MSPPrincipal();
    principal.setPrincipalClassification(msp.MSPPrincipal.Classification.IDENTITY);
    principal.setPrincipal(identity.serializeBinary());
    const envelope = parsePolicy("AND('AMSP.peer')");
    envelope.setIdentitiesList([principal]);
    const admits = (certificatePem: string) =>
      signaturePolicy(envelope).admits([{ mspId: 'AMSP', certificatePem, role: 'client' }]);
    expect([admits('this one'), admits('another')]).to.deep.equal([true, false]);
    expect(() => signaturePolicy(new common.SignaturePolicyEnvelope())).to.throw(
      'Empty policy element',
    );
  });
});

describe('a policy of the channel', () => {
  const policies = new ChannelPolicies(['AMSP', 'BMSP', 'CMSP', 'DMSP']);
  const satisfied = (text: string, ...mspIds: readonly string[]) =>
    satisfiedByPeers(policies.of(text), mspIds);

  it('counts organisations', () => {
    expect(satisfied('MAJORITY Endorsement', 'AMSP', 'BMSP')).to.equal(false);
    expect(satisfied('MAJORITY Endorsement', 'AMSP', 'BMSP', 'DMSP')).to.equal(true);
    expect(satisfied('ANY Endorsement', 'DMSP')).to.equal(true);
    expect(satisfied('ALL Endorsement', 'AMSP', 'BMSP', 'CMSP')).to.equal(false);
    expect(satisfied('MAJORITY Endorsement', 'AMSP', 'AMSP', 'XMSP')).to.equal(false);
  });

  it('may be named by its path', () => {
    expect(satisfied('/Channel/Application/Endorsement', 'AMSP', 'BMSP', 'CMSP')).to.equal(true);
    expect(satisfied('Application/LifecycleEndorsement', 'AMSP')).to.equal(false);
    expect(satisfied('/Channel/Application/BMSP/Endorsement', 'BMSP')).to.equal(true);
    expect(() => policies.of('/Channel/Nothing')).to.throw(
      'failed to retrieve policy for reference /Channel/Nothing',
    );
  });

  it('lets clients and admins write, and no peers', () => {
    const writers = policies.named('/Channel/Application/Writers');
    const as = (role: PolicySubject['role']) =>
      writers.admits([{ mspId: 'AMSP', certificatePem: '', role }]);
    expect([as('client'), as('admin'), as('peer'), as('orderer')]).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });
});
