/** Signature policies: thresholds over principals, evaluated as Fabric's `cauthdsl` does. */
import { common, msp } from '@hyperledger/fabric-protos';
import type { Role } from '../../identity/msp.ts';
import type { Policy, PolicySubject } from './policy.ts';
import { utf8 } from './bytes.ts';

/** Decides whether an identity is the one that a rule asks for. */
type Principal = (subject: PolicySubject) => boolean;

/** Marks in `used` the signers that it took, and says whether the rule is met. */
type Rule = (signers: readonly PolicySubject[], used: boolean[]) => boolean;

/** Makes a policy of a `common.SignaturePolicyEnvelope`; throws where it is malformed. */
export function signaturePolicy(envelope: common.SignaturePolicyEnvelope): Policy {
  const principals = envelope.getIdentitiesList().map(principalOf);
  const rule = ruleOf(envelope.getRule(), principals);
  return {
    admits: (signers) =>
      rule(
        signers,
        signers.map(() => false),
      ),
  };
}

function ruleOf(
  message: common.SignaturePolicy | undefined,
  principals: readonly Principal[],
): Rule {
  const { TypeCase } = common.SignaturePolicy;
  switch (message?.getTypeCase()) {
    case TypeCase.SIGNED_BY:
      return signedBy(message.getSignedBy(), principals);
    case TypeCase.N_OUT_OF: {
      const threshold = message.getNOutOf();
      const rules = (threshold?.getRulesList() ?? []).map((rule) => ruleOf(rule, principals));
      return outOf(threshold?.getN() ?? 0, rules);
    }
    default:
      throw new Error('Empty policy element');
  }
}

/** Takes the first signer that fits and is not taken yet: no search for a better match. */
function signedBy(index: number, principals: readonly Principal[]): Rule {
  const principal = principals[index];
  if (principal === undefined) {
    throw new Error(
      `identity index out of range, requested ${index}, but identities length is ` +
        `${principals.length}`,
    );
  }
  return (signers, used) => {
    const at = signers.findIndex((signer, each) => used[each] !== true && principal(signer));
    if (at >= 0) used[at] = true;
    return at >= 0;
  };
}

/** All rules are tried, so that each takes its signers even when fewer would do. */
function outOf(threshold: number, rules: readonly Rule[]): Rule {
  return (signers, used) => {
    let met = 0;
    for (const rule of rules) {
      const attempt = [...used];
      if (rule(signers, attempt)) {
        met += 1;
        attempt.forEach((taken, index) => (used[index] = taken));
      }
    }
    return met >= threshold;
  };
}

function principalOf(message: msp.MSPPrincipal): Principal {
  const { Classification } = msp.MSPPrincipal;
  const bytes = message.getPrincipal_asU8();
  switch (message.getPrincipalClassification()) {
    case Classification.ROLE: {
      const role = msp.MSPRole.deserializeBinary(bytes);
      return hasRole(role.getMspIdentifier(), role.getRole());
    }
    case Classification.IDENTITY: {
      const identity = msp.SerializedIdentity.deserializeBinary(bytes);
      const certificate = utf8(identity.getIdBytes_asU8());
      return (subject) =>
        subject.mspId === identity.getMspid() && subject.certificatePem === certificate;
    }
    default:
      throw new Error(
        `principal type ${message.getPrincipalClassification()} is not supported here`,
      );
  }
}

function hasRole(mspId: string, asked: number): Principal {
  const { MSPRoleType } = msp.MSPRole;
  const roles: ReadonlyMap<number, Role> = new Map([
    [MSPRoleType.ADMIN, 'admin'],
    [MSPRoleType.CLIENT, 'client'],
    [MSPRoleType.PEER, 'peer'],
    [MSPRoleType.ORDERER, 'orderer'],
  ]);
  const role = roles.get(asked);
  return (subject) =>
    subject.mspId === mspId && (asked === MSPRoleType.MEMBER || subject.role === role);
}
