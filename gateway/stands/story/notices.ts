/** Notices of a decision come to their cabinets, and who delivers one says so (PL-14). */
import type { Application } from '../../../chaincode/pledges/application.ts';
import * as notices from '../../../chaincode/pledges/notices/operations.ts';
import { hashOf } from './signers.ts';
import { cast, type Stage } from './stage.ts';

/** Delivers every notice about an application or a portfolio; counts them by kind of cabinet. */
export async function notified(
  stage: Stage,
  { id: application }: Pick<Application, 'id'>,
): Promise<{ readonly platform: number; readonly egov: number }> {
  const asker = { org: cast.platform };
  const { notices: all } = await stage.done(notices.noticesOfApplication, { application }, asker);
  const due = all.filter(({ state }) => state === 'DUE');
  for (const { decision, participant, holder, pledgors, deliverer } of due) {
    const recipient = {
      ...(participant === undefined ? {} : { participant }),
      ...(holder === undefined ? {} : { holder }),
      ...(pledgors === undefined ? {} : { pledgors }),
    };
    const which = { application, decision, ...recipient };
    for (const step of ['SENT', 'DELIVERED'] as const) {
      const proof = { at: stage.now(), receipt: hashOf(`${step} ${JSON.stringify(which)}`) };
      await stage.done(notices.recordDelivery, { ...which, step, ...proof }, { org: deliverer });
    }
  }
  const platform = due.filter(({ cabinet }) => cabinet === 'PLATFORM').length;
  return { platform, egov: due.length - platform };
}
