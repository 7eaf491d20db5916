/**
 * The steps of which a transaction of the conformance chaincode is made, one for each primitive of
 * the shim. A case writes a list of them, so that any mixture can be tried in one transaction.
 */
export type Step =
  // Public state.
  | { readonly do: 'get'; readonly key: string }
  | { readonly do: 'put'; readonly key: string; readonly value: string }
  | { readonly do: 'putBig'; readonly key: string; readonly bytes: number }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'range'; readonly start: string; readonly end: string; readonly stopAt?: number }
  | { readonly do: 'page'; readonly start: string; readonly end: string; readonly page: Page }
  | {
      readonly do: 'putComposite';
      readonly type: string;
      readonly attributes: readonly string[];
      readonly value: string;
    }
  | { readonly do: 'composite'; readonly type: string; readonly attributes: readonly string[] }
  | {
      readonly do: 'compositePage';
      readonly type: string;
      readonly attributes: readonly string[];
      readonly page: Page;
    }
  | { readonly do: 'history'; readonly key: string }
  | { readonly do: 'setPolicy'; readonly key: string; readonly organisations: readonly string[] }
  | { readonly do: 'getPolicy'; readonly key: string }
  | { readonly do: 'query'; readonly selector: string }
  | { readonly do: 'queryPage'; readonly selector: string; readonly page: Page }
  // Private data. A value comes from the transient map, or is written out where it is no secret.
  | { readonly do: 'privateGet'; readonly collection: string; readonly key: string }
  | {
      readonly do: 'privatePut';
      readonly collection: string;
      readonly key: string;
      readonly value?: string;
      readonly transient?: string;
    }
  | { readonly do: 'privateDelete'; readonly collection: string; readonly key: string }
  | { readonly do: 'privatePurge'; readonly collection: string; readonly key: string }
  | { readonly do: 'privateHash'; readonly collection: string; readonly key: string }
  | {
      readonly do: 'privateRange';
      readonly collection: string;
      readonly start: string;
      readonly end: string;
    }
  | {
      readonly do: 'privatePutComposite';
      readonly collection: string;
      readonly type: string;
      readonly attributes: readonly string[];
      readonly value: string;
    }
  | {
      readonly do: 'privateComposite';
      readonly collection: string;
      readonly type: string;
      readonly attributes: readonly string[];
    }
  | {
      readonly do: 'privateSetPolicy';
      readonly collection: string;
      readonly key: string;
      readonly organisations: readonly string[];
    }
  | { readonly do: 'privateGetPolicy'; readonly collection: string; readonly key: string }
  | { readonly do: 'privateQuery'; readonly collection: string; readonly selector: string }
  // The transaction and its surroundings.
  | { readonly do: 'event'; readonly name: string; readonly payload: string }
  | {
      readonly do: 'call';
      readonly chaincode: string;
      readonly channel?: string;
      readonly args: readonly string[];
    }
  | { readonly do: 'transient' }
  | { readonly do: 'caller'; readonly attributes?: readonly string[] }
  | { readonly do: 'transaction' }
  // Behaviour that a network must cope with.
  | { readonly do: 'echo'; readonly bytes: number }
  | { readonly do: 'random'; readonly key: string }
  | { readonly do: 'randomAnswer' }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'throw'; readonly message: string }
  | { readonly do: 'try'; readonly step: Step };

/** A page asked for: how many records, and where the page before it ended. */
export type Page = { readonly size: number; readonly bookmark?: string };

/** What a page answers. */
export type PageAnswer = {
  readonly records: readonly Row[];
  readonly fetched: number;
  readonly bookmark: string;
};

/** A key and its value, as a range gives them. */
export type Row = readonly [key: string, value: string];

/** One entry of a key's history. */
export type HistoryAnswer = {
  readonly txId: string;
  readonly value: string;
  readonly isDelete: boolean;
  readonly timestamp: string;
};

/** What the chaincode knows of the caller. */
export type CallerAnswer = {
  readonly mspId: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string | null>>;
};

/** What the chaincode knows of its transaction. */
export type TransactionAnswer = {
  readonly txId: string;
  readonly channel: string;
  readonly timestamp: string;
  readonly args: readonly string[];
  readonly binding: string;
  readonly creatorMspId: string;
};

/** What a called chaincode gave back. */
export type CallAnswer = {
  readonly status: number;
  readonly message: string;
  readonly payload: string;
  readonly bytes: number;
};
