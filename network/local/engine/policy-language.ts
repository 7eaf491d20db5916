/**
 * Fabric's policy language: `AND('AMSP.peer', OutOf(2, 'BMSP.member', 'CMSP.member', …))`.
 *
 * A reader of its own for a language that has three gates, numbers and quoted principals.
 */
import { common, msp } from '@hyperledger/fabric-protos';

/** A principal: an organisation's MSP and a role in it. */
const principalForm = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/;

const gates = ['and', 'or', 'outof'];

/** How deep gates may stand in gates. */
const depthMax = 20;

/** Reads a policy; throws an error that says where it is wrong. */
export function parsePolicy(text: string): common.SignaturePolicyEnvelope {
  const reader = new PolicyReader(text);
  const rule = reader.gate(0);
  reader.end();
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setRule(rule);
  envelope.setIdentitiesList([...reader.principals]);
  return envelope;
}

/** The policy `OR('AMSP.role', …)` over organisations. */
export function anyOf(
  mspIds: readonly string[],
  role: 'member' | 'peer' | 'admin' | 'client',
): common.SignaturePolicyEnvelope {
  return parsePolicy(`OR(${mspIds.map((mspId) => `'${mspId}.${role}'`).join(', ')})`);
}

class PolicyReader {
  readonly principals: msp.MSPPrincipal[] = [];
  readonly #text: string;
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = text.match(/'[^']*'|"[^"]*"|[A-Za-z]+|\d+|\S/g) ?? [];
  }

  gate(depth: number): common.SignaturePolicy {
    const name = this.#next().toLowerCase();
    if (!gates.includes(name) || depth > depthMax) {
      throw new Error(`unrecognized token '${name}' in policy string '${this.#text}'`);
    }
    this.#expect('(');
    const threshold = name === 'outof' ? this.#threshold() : undefined;
    const rules = [this.#rule(depth)];
    while (this.#peek() === ',') {
      this.#at += 1;
      rules.push(this.#rule(depth));
    }
    this.#expect(')');
    const n = threshold ?? (name === 'and' ? rules.length : 1);
    if (n > rules.length + 1) {
      throw new Error(`invalid t-out-of-n predicate, t ${n}, n ${rules.length}`);
    }
    return outOf(n, rules);
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new Error(`invalid policy string '${this.#text}'`);
  }

  #threshold(): number {
    const token = this.#next();
    if (!/^\d+$/.test(token)) {
      throw new Error(`unrecognized type, expected a number, got '${token}'`);
    }
    this.#expect(',');
    return Number(token);
  }

  #rule(depth: number): common.SignaturePolicy {
    const token = this.#peek();
    const quoted = token.startsWith("'") || token.startsWith('"');
    if (!quoted) return this.gate(depth + 1);
    this.#at += 1;
    this.principals.push(principal(token.slice(1, -1)));
    const rule = new common.SignaturePolicy();
    rule.setSignedBy(this.principals.length - 1);
    return rule;
  }

  #expect(token: string): void {
    if (this.#next() !== token) throw new Error(`invalid policy string '${this.#text}'`);
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #next(): string {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}

function principal(text: string): msp.MSPPrincipal {
  const [, mspId, role] = principalForm.exec(text) ?? [];
  if (mspId === undefined || role === undefined) {
    throw new Error(`error parsing principal ${text}`);
  }
  const { MSPRoleType } = msp.MSPRole;
  const types = {
    admin: MSPRoleType.ADMIN,
    member: MSPRoleType.MEMBER,
    client: MSPRoleType.CLIENT,
    peer: MSPRoleType.PEER,
    orderer: MSPRoleType.ORDERER,
  };
  const named = new msp.MSPRole();
  named.setMspIdentifier(mspId);
  named.setRole(types[role as keyof typeof types]);
  const message = new msp.MSPPrincipal();
  message.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  message.setPrincipal(named.serializeBinary());
  return message;
}

/** A rule that asks for `n` of its parts. */
export function outOf(n: number, rules: readonly common.SignaturePolicy[]): common.SignaturePolicy {
  const threshold = new common.SignaturePolicy.NOutOf();
  threshold.setN(n);
  threshold.setRulesList([...rules]);
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(threshold);
  return rule;
}
