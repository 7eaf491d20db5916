/** What the consortium decides about trust. */
import { z } from 'zod';
import { subject } from '../decisions/subject.ts';
import { accepted, refused } from '../kernel/outcome.ts';
import { refuse } from './refusals.ts';
import { trustDraft, trustHeadType, trustListType } from './schema.ts';
import { trustListOn, trustOfList } from './store.ts';

/** A new version of the whole list; the earlier ones stay for what was verified by them. */
export const setTrustList = subject({
  schema: z.strictObject({ kind: z.literal('trust.list'), list: trustDraft }),
  effect: async (ledger, { list }, decision) => {
    const now = await trustListOn(ledger);
    if (now.ok && now.value.environment !== list.environment) {
      const { environment } = now.value;
      return refused(refuse('TRUST_ENVIRONMENTS_MIXED', { params: { environment } }));
    }
    const version = now.ok ? now.value.version + 1 : 1;
    const readable = trustOfList({ ...list, version }, []);
    if (!readable.ok) return readable;
    return accepted(async (writer) => {
      await writer.put(trustListType, { ...list, version, decision });
      await writer.put(trustHeadType, { version });
    });
  },
});
