/** What is personal in a run of the story: its people, what their dossiers say, and the salts. */
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { moneySchema } from '../../../chaincode/kernel/money.ts';
import { civilDateSchema } from '../../../chaincode/kernel/civil-date.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { documentsOwed } from '../../../gateway/stands/story/deciding.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { tampered } from '../kepil-stage.ts';
import type { PersonalValue } from './scanner.ts';

/** Names and numbers of all people of the demonstration. */
export const valuesOfPeople: readonly PersonalValue[] = Object.entries(people).flatMap(
  ([who, person]) =>
    (['iin', 'surname', 'givenName', 'patronymic'] as const).flatMap((member) => {
      const text = (person as Partial<Record<typeof member, string>>)[member];
      return text === undefined ? [] : [{ what: `${member} of ${who}`, text }];
    }),
);

/** What a family's home and contract are called, so that it is said nowhere else. */
const words = {
  address: 'Қарағанды, Ерубаев көшесі 48, 17 пәтер',
  technicalCharacteristics: 'Стены кирпичные, кровля шиферная',
  contractNumber: 'ДОГОВОР-2026/7719-К',
  mainObligation: 'Заём на лечение по договору 55-В',
  documentName: 'Договор залога семьи от мая',
  sum: '7719305512',
  until: '2037-03-19',
  married: '2011-09-23',
  reason: 'Супруг возражает устно с 3 мая',
} as const;

/** The same dossier in words of its own. */
export function inOwnWords(dossier: Dossier): Dossier {
  const { address, technicalCharacteristics, mainObligation } = words;
  const married = civilDateSchema.parse(words.married);
  return {
    ...dossier,
    facts: {
      ...dossier.facts,
      marriages: dossier.facts.marriages.map((each) => ({ ...each, registeredOn: married })),
    },
    properties: dossier.properties.map((each) => ({ ...each, address, technicalCharacteristics })),
    contract: {
      ...dossier.contract,
      mainObligation,
      number: words.contractNumber,
      until: civilDateSchema.parse(words.until),
      sum: moneySchema.parse({ amountMinor: words.sum, currency: 'KZT' }),
    },
    documents: dossier.documents.map((each) => ({ ...each, name: words.documentName })),
  };
}

/** A ground of suspension in words of its own. */
export const groundInOwnWords = { ...documentsOwed, reason: words.reason };

/** What the steps of the story send in private, as far as it is remembered. */
type Sent = {
  readonly salt?: string;
  readonly headSalt?: string;
  readonly officerSalt?: string;
  readonly holderSalt?: string;
  readonly dossier?: Dossier;
  readonly reasons?: readonly Reason[];
  readonly decision?: { readonly grounds?: readonly Reason[] };
};
type Reason = { readonly reason: string };

/**
 * A stage that remembers what was sent in private: the salts, which are keys to its hashes, what
 * dossiers say of homes and debts, the reasons of a refusal or a suspension.
 */
export class RememberingStage {
  readonly stage: Stage;
  readonly #salts = new Set<string>();
  readonly #words = new Set<string>();

  constructor(stage: Stage) {
    this.stage = tampered<Sent>(stage, (_operation, sent) => {
      const { salt, headSalt, officerSalt, holderSalt, dossier, reasons = [], decision } = sent;
      for (const each of [salt, headSalt, officerSalt, holderSalt, dossier?.salt])
        if (each !== undefined) this.#salts.add(each);
      for (const { reason } of [...reasons, ...(decision?.grounds ?? [])]) this.#words.add(reason);
      for (const { address } of dossier?.properties ?? []) this.#words.add(address);
      if (dossier !== undefined) this.#words.add(dossier.contract.mainObligation);
      return undefined;
    });
  }

  /** Every personal value of the run so far. */
  values(): readonly PersonalValue[] {
    const salts = [...this.#salts].map((text, index) => ({ what: `salt ${index + 1}`, text }));
    const heard = [...this.#words].map((text, index) => ({ what: `words ${index + 1}`, text }));
    const said = Object.entries(words).map(([what, text]) => ({ what, text }));
    return [...valuesOfPeople, ...said, ...heard, ...salts];
  }
}
