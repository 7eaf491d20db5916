/** Documents that are added before the decision: everyone signs the next revision. */
import type { Application } from '../../../chaincode/pledges/application.ts';
import { type Dossier, dossier as dossierSchema } from '../../../chaincode/pledges/dossier.ts';
import {
  supplement,
  verifySupplement,
} from '../../../chaincode/pledges/supplementing/operations.ts';
import { signatures } from './filing.ts';
import type { Props } from './props.ts';
import { hashOf, salt } from './signers.ts';
import { cast } from './stage.ts';

const platform = { org: cast.platform };

/** The dossier with one more document, as its next revision. */
export function withMore(filed: Dossier): Dossier {
  const name = 'Technical passport';
  return dossierSchema.parse({
    ...filed,
    salt: salt(),
    revision: filed.revision + 1,
    documents: [...filed.documents, { kind: 'OTHER', name, sha256: hashOf(name) }],
  });
}

/** Everyone signs the new revision; the holders verify each, and the application is supplemented. */
export async function supplemented(
  props: Props,
  filed: Dossier,
  dossier: Dossier = withMore(filed),
): Promise<Application> {
  const { stage } = props;
  const { application } = dossier;
  const verdicts: string[] = [];
  for (const signed of await signatures(props, dossier)) {
    const input = { salt: salt(), filed, dossier, ...signed };
    const { verdict } = await stage.done(verifySupplement, input, platform);
    verdicts.push(verdict);
  }
  return stage.done(supplement, { application, verdicts }, platform);
}
