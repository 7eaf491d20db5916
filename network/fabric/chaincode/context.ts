/** What a chaincode is put on. */
import type { Crypto } from '../../identity/folder.ts';
import type { Topology } from '../../topology.ts';
import type { Layout } from '../layout.ts';
import type { Supervisor } from '../process/supervisor.ts';
import type { Programs } from '../programs.ts';

/** The channel on which a chaincode is approved, as its organisations' admins reach it. */
export type ChannelContext = {
  readonly topology: Topology;
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
  readonly progress: (step: string) => void;
};

/** The running network that a chaincode is put on. */
export type DeployContext = ChannelContext & { readonly supervisor: Supervisor };
