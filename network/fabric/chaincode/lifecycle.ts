/** Fabric's chaincode lifecycle: install on every peer, approve by every organisation, commit. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrganisationCrypto } from '../../identity/folder.ts';
import type { Member } from '../../identity/member.ts';
import { type PeerAdmin, peerAdmin } from '../channel/peer-command.ts';
import type { Layout } from '../layout.ts';
import { type Flags, flags } from '../process/flags.ts';
import type { Programs } from '../programs.ts';
import { ProgramError } from '../process/run-program.ts';
import type { ChaincodePackage } from './package.ts';

/** What the organisations agree on for a chaincode. */
export type Definition = {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  /** A signature policy; the channel's majority when absent. */
  readonly policy?: string | undefined;
  /** File of the collections, as `peer` takes it. */
  readonly collectionsFile?: string | undefined;
};

/** A definition that stands on the channel. */
export type Committed = { readonly version: string; readonly sequence: number };

/** The lifecycle of one channel's chaincodes. */
export class Lifecycle {
  readonly #layout: Layout;
  readonly #programs: Programs;
  readonly #channel: string;

  constructor(layout: Layout, programs: Programs, channel: string) {
    this.#layout = layout;
    this.#programs = programs;
    this.#channel = channel;
  }

  /** Installs the package on every peer of the organisation. */
  async install(organisation: OrganisationCrypto, code: ChaincodePackage): Promise<void> {
    await mkdir(this.#layout.packages, { recursive: true });
    const file = join(this.#layout.packages, `${code.label}.tgz`);
    // Whole at once: another organisation's installation may read the same file just now.
    const draft = `${file}.${organisation.name}.draft`;
    await writeFile(draft, code.bytes);
    await rename(draft, file);
    await Promise.all(
      organisation.peers.map(async (peer) => {
        const admin = peerAdmin(this.#layout, this.#programs, organisation, peer);
        try {
          await admin.run('installing', 'lifecycle', 'chaincode', 'install', file);
        } catch (error) {
          if (!(error instanceof ProgramError)) throw error;
          // No code tells this apart; the peer's words have not changed since version 2.0.
          if (!error.output.stderr.includes('chaincode already successfully installed'))
            throw error;
        }
      }),
    );
  }

  /** Approves the definition for an organisation that runs this package; once more does no harm. */
  async approve(
    organisation: OrganisationCrypto,
    definition: Definition,
    packageId: string,
    orderer: Member,
  ): Promise<void> {
    try {
      await this.#admin(organisation).run(
        `approving ${definition.name}`,
        'lifecycle',
        'chaincode',
        'approveformyorg',
        ...flags({
          ...this.#definitionFlags(definition),
          ...this.#ordererFlags(orderer),
          'package-id': packageId,
        }),
      );
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      // No code tells this apart: the organisation has approved these very words before.
      if (!error.message.includes('attempted to redefine')) throw error;
      if (error.message.includes('different parameters')) throw error;
    }
  }

  /** Who has approved a definition that is not committed yet, by MSP. */
  async approvals(
    organisation: OrganisationCrypto,
    definition: Definition,
  ): Promise<Readonly<Record<string, boolean>>> {
    const { stdout } = await this.#admin(organisation).run(
      `asking who approves ${definition.name}`,
      'lifecycle',
      'chaincode',
      'checkcommitreadiness',
      ...flags({ ...this.#definitionFlags(definition), output: 'json' }),
    );
    return (JSON.parse(stdout) as { approvals: Record<string, boolean> }).approvals;
  }

  /** Commits, as one organisation, what the members have approved; their peers endorse it. */
  async commit(
    organisation: OrganisationCrypto,
    members: readonly Member[],
    definition: Definition,
    orderer: Member,
  ): Promise<void> {
    const peers = members.flatMap(({ peers: [first], tlsRootPath }) => {
      if (first === undefined) return [];
      const address = `${this.#layout.address(first.node)}:${first.node.port}`;
      return flags({ peerAddresses: address, tlsRootCertFiles: tlsRootPath });
    });
    await this.#admin(organisation).run(
      `committing ${definition.name}`,
      'lifecycle',
      'chaincode',
      'commit',
      ...flags({ ...this.#definitionFlags(definition), ...this.#ordererFlags(orderer) }),
      ...peers,
    );
  }

  /** Whether an organisation has approved a definition of this sequence, and runs a package for it. */
  async hasApproved(
    organisation: OrganisationCrypto,
    name: string,
    sequence: number,
  ): Promise<boolean> {
    try {
      await this.#admin(organisation).run(
        `asking what was approved as ${name}`,
        'lifecycle',
        'chaincode',
        'queryapproved',
        ...flags({ channelID: this.#channel, name, sequence, output: 'json' }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      if (!error.message.includes('could not fetch approved chaincode definition')) throw error;
      return false;
    }
  }

  /** The definition that stands on the channel; absent when there is none. */
  async committed(organisation: OrganisationCrypto, name: string): Promise<Committed | undefined> {
    const { stdout } = await this.#admin(organisation).run(
      'asking for the definitions',
      'lifecycle',
      'chaincode',
      'querycommitted',
      ...flags({ channelID: this.#channel, output: 'json' }),
    );
    const { chaincode_definitions: all } = JSON.parse(stdout) as {
      chaincode_definitions?: readonly (Partial<Committed> & { readonly name: string })[];
    };
    const found = all?.find((one) => one.name === name);
    return found && { version: found.version ?? '', sequence: found.sequence ?? 0 };
  }

  #admin(organisation: OrganisationCrypto): PeerAdmin {
    return peerAdmin(this.#layout, this.#programs, organisation);
  }

  #definitionFlags(definition: Definition): Flags {
    const { name, version, sequence, policy, collectionsFile } = definition;
    return {
      channelID: this.#channel,
      name,
      version,
      sequence,
      'signature-policy': policy,
      'collections-config': collectionsFile,
    };
  }

  #ordererFlags({ name, orderers: [orderer], tlsRootPath }: Member): Flags {
    if (orderer === undefined) throw new Error(`${name} has no orderer`);
    const address = `${this.#layout.address(orderer.node)}:${orderer.node.port}`;
    return { orderer: address, tls: true, cafile: tlsRootPath };
  }
}
