import { posix } from 'node:path';
import { deterministic, forbidden } from './forbidden.ts';
import { exceptions, layers, type Layer } from './layers.ts';
import { readSource, type Import, type Reading, type SourceFile } from './source.ts';

/** A breach of a rule: where, which rule, and why there is one. */
export type Finding = {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
};

/** Checks sources against the layers and against what the chaincode may not use. */
export function checkSources(sources: readonly SourceFile[]): Finding[] {
  return sources
    .map(readSource)
    .flatMap((reading) => [...importFindings(reading), ...useFindings(reading)])
    .toSorted((one, other) => (one.path === other.path ? one.line - other.line : 0));
}

/** A finding as a line that an editor can jump to. */
export function lineOf({ path, line, rule, message }: Finding): string {
  return `${path}:${line}  ${rule}  ${message}`;
}

function importFindings({ path, imports }: Reading): Finding[] {
  return imports.flatMap((one) =>
    layers
      .filter((layer) => layer.holds.test(path) && !mayImport(layer, path, one))
      .map(({ name, why }) => ({
        path,
        line: one.line,
        rule: `layer-${name}`,
        message: `may not import ${targetOf(path, one)}: ${why}`,
      })),
  );
}

function useFindings({ path, uses }: Reading): Finding[] {
  if (!deterministic.test(path)) return [];
  return uses.flatMap((use) =>
    forbidden
      .filter(({ forbids, except }) => forbids(use) && !except?.test(path))
      .map(({ name, why }) => ({
        path,
        line: use.line,
        rule: name,
        message: `may not use ${use.what}: ${why}`,
      })),
  );
}

function mayImport(layer: Layer, path: string, one: Import): boolean {
  const target = targetOf(path, one);
  const isFile = one.specifier.startsWith('.');
  const allowed = isFile ? layer.files : layer.packages;
  const denied = isFile ? layer.notFiles : layer.notPackages;
  const isAllowed = allowed === undefined || allowed.some((pattern) => pattern.test(target));
  if (isAllowed && !denied?.some((pattern) => pattern.test(target))) return true;
  return exceptions.some(
    ({ layer: name, holds, target: exempt, names }) =>
      name === layer.name &&
      holds.test(path) &&
      exempt.test(target) &&
      (names === undefined || one.names.every((each) => names.includes(each))),
  );
}

/** The path that a relative import names, or the package. */
function targetOf(path: string, { specifier }: Import): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}
