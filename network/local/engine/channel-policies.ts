/** The channel's own policies: each organisation's, and those that count the organisations. */
import type { Policy } from './policy.ts';
import { parsePolicy } from './policy-language.ts';
import { signaturePolicy } from './signature-policy.ts';

/** How many organisations have to agree. */
export type Quantifier = 'ANY' | 'ALL' | 'MAJORITY';

const quantified = /^(ANY|ALL|MAJORITY) ([A-Za-z]+)$/;

/** What each organisation asks of its own members, as `cryptogen` networks state it. */
export function organisationPolicies(mspId: string): Readonly<Record<string, string>> {
  return {
    Readers: `OR('${mspId}.admin', '${mspId}.peer', '${mspId}.client')`,
    Writers: `OR('${mspId}.admin', '${mspId}.client')`,
    Admins: `OR('${mspId}.admin')`,
    Endorsement: `OR('${mspId}.peer')`,
  };
}

/** The application's policies, by name: how many organisations' policies of which name. */
export const applicationPolicies: Readonly<Record<string, readonly [Quantifier, string]>> = {
  Readers: ['ANY', 'Readers'],
  Writers: ['ANY', 'Writers'],
  Admins: ['MAJORITY', 'Admins'],
  Endorsement: ['MAJORITY', 'Endorsement'],
  LifecycleEndorsement: ['MAJORITY', 'Endorsement'],
};

/** A policy that counts the organisations whose own policies are met. */
export type CountingPolicy = Policy & {
  readonly threshold: number;
  /** How many of the organisations' policies these signers meet. */
  met(signers: Parameters<Policy['admits']>[0]): number;
};

/** The policies of a channel with these organisations. */
export class ChannelPolicies {
  readonly #byOrganisation: ReadonlyMap<string, ReadonlyMap<string, Policy>>;

  constructor(mspIds: readonly string[]) {
    this.#byOrganisation = new Map(
      mspIds.map((mspId) => [
        mspId,
        new Map(
          Object.entries(organisationPolicies(mspId)).map(([name, text]) => [
            name,
            signaturePolicy(parsePolicy(text)),
          ]),
        ),
      ]),
    );
  }

  /**
   * A policy by its text: `MAJORITY Endorsement`, a path such as `/Channel/Application/Endorsement`
   * or `/Channel/Application/AlphaMSP/Endorsement`, or Fabric's policy language.
   */
  of(text: string): Policy {
    const [, quantifier, name] = quantified.exec(text) ?? [];
    if (quantifier !== undefined && name !== undefined) {
      return this.counting(quantifier as Quantifier, name);
    }
    return text.includes('(') ? signaturePolicy(parsePolicy(text)) : this.named(text);
  }

  /** A policy of the channel's configuration, by its path. */
  named(path: string): Policy {
    const parts = path.replace(/^\//, '').split('/');
    const [first, second, third] = parts[0] === 'Channel' ? parts.slice(1) : parts;
    const counted = first === 'Application' && second !== undefined && applicationPolicies[second];
    if (counted && third === undefined) return this.counting(...counted);
    const own = first === 'Application' && third !== undefined && second !== undefined;
    const policy = own ? this.#byOrganisation.get(second)?.get(third) : undefined;
    if (policy === undefined) throw new Error(`failed to retrieve policy for reference ${path}`);
    return policy;
  }

  counting(quantifier: Quantifier, name: string): CountingPolicy {
    const policies = [...this.#byOrganisation.values()].flatMap((own) => own.get(name) ?? []);
    const thresholds = {
      ANY: Math.min(1, policies.length),
      ALL: policies.length,
      MAJORITY: Math.floor(policies.length / 2) + 1,
    };
    const threshold = thresholds[quantifier];
    const met: CountingPolicy['met'] = (signers) =>
      policies.filter((policy) => policy.admits(signers)).length;
    return { threshold, met, admits: (signers) => met(signers) >= threshold };
  }
}
