/** Writes a process of the network as a systemd unit, for a machine that keeps it running. */
import type { Specification } from '../process/specification.ts';

/** What the unit's machine is like. */
export type UnitOptions = {
  /** The user that runs the nodes, and alone reads their keys. */
  readonly user: string;
  /** The network's folder on that machine: all that the process may write. */
  readonly root: string;
};

/** The file of a process's unit. */
export function unitName({ name }: Pick<Specification, 'name'>): string {
  return `kepil-${name}.service`;
}

/** The unit of a process. */
export function systemdUnit(
  { name, kind, command, args, env, cwd }: Specification,
  { user, root }: UnitOptions,
): string {
  const words = [command, ...args].map(quoted);
  const environment = Object.entries(env).map(
    ([variable, value]) => `Environment=${quoted(`${variable}=${value}`)}`,
  );
  return [
    '[Unit]',
    `Description=Kepil: the ${kind} ${name}`,
    'Wants=network-online.target',
    'After=network-online.target',
    // A node that fails for an hour is started again all the same.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `User=${user}`,
    `WorkingDirectory=${cwd}`,
    ...environment,
    `ExecStart=${words.join(' ')}`,
    'Restart=always',
    'RestartSec=1',
    'TimeoutStopSec=30',
    'LimitNOFILE=65536',
    'NoNewPrivileges=true',
    'PrivateTmp=true',
    'ProtectSystem=strict',
    'ProtectHome=true',
    `ReadWritePaths=${root}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** A word as systemd reads it: `%` and `$` mean something to it, even inside quotes. */
function quoted(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$');
  return `"${escaped}"`;
}
