import type { Use } from './source.ts';

/**
 * What no code of the chaincode may use: the organisations run it on machines, versions and settings
 * that differ, and endorsements with different write sets are thrown away.
 */
export type Forbidden = {
  /** Short name, which a finding shows. */
  readonly name: string;
  readonly forbids: (use: Use) => boolean;
  /** Files that may use it all the same. */
  readonly except?: RegExp;
  readonly why: string;
};

/** The files that these rules bind. */
export const deterministic = /^chaincode\//;

export const forbidden: readonly Forbidden[] = [
  {
    name: 'no-clock',
    forbids: nameAmong('Date', 'Temporal', 'performance'),
    why: 'each peer has its own clock: time comes from evidence and is reckoned by kernel/instant.ts and civil-date.ts',
  },
  {
    name: 'no-timer',
    forbids: nameAmong('setTimeout', 'setInterval', 'setImmediate'),
    why: 'what happens later depends on the machine',
  },
  {
    name: 'no-randomness',
    forbids: either(nameAmong('crypto'), memberAmong('random', 'randomUUID', 'getRandomValues')),
    why: 'endorsers would not agree: what must be unpredictable comes from the client',
  },
  {
    name: 'no-environment',
    forbids: either(
      nameAmong('process', 'require', 'navigator', 'fetch', 'Worker', 'WebSocket'),
      memberAmong('getMspID'),
      ({ kind }) => kind === 'import.meta',
    ),
    why: 'settings, files and networks differ between organisations',
  },
  {
    name: 'no-way-around',
    forbids: nameAmong(
      'globalThis',
      'global',
      'eval',
      'Function',
      'WeakRef',
      'FinalizationRegistry',
    ),
    why: 'it would reach what these rules forbid without naming it, or show when memory is freed',
  },
  {
    name: 'no-locale',
    forbids: either(
      nameAmong('Intl'),
      memberAmong(
        'localeCompare',
        'toLocaleString',
        'toLocaleDateString',
        'toLocaleTimeString',
        'toLocaleLowerCase',
        'toLocaleUpperCase',
      ),
    ),
    why: 'locales and their data differ between machines',
  },
  {
    name: 'no-unicode-tables',
    forbids: either(
      memberAmong('normalize', 'toLowerCase', 'toUpperCase'),
      ({ kind, what }) => kind === 'pattern' && usesUnicodeTables(what),
    ),
    why: "Unicode's tables differ between versions of Node: write the characters out",
  },
  {
    name: 'no-computed-pattern',
    forbids: nameAmong('RegExp'),
    why: 'a pattern that is put together cannot be checked here; write it as a literal',
  },
  {
    name: 'no-floats',
    forbids: either(
      nameAmong('parseFloat'),
      memberAmong('parseFloat', 'toFixed', 'toPrecision', 'toExponential'),
      ({ kind, what }) => kind === 'number' && /^[\d_]*\.\d|^[\d_.]+e/i.test(what),
      ({ kind, what }) =>
        kind === 'member' && what.startsWith('Math.') && !exactMath.includes(what.slice(5)),
      // Under another name it could not be told what is asked of it.
      ({ kind, what }) => kind === 'name' && what === 'Math',
    ),
    why: 'fractions round, and these functions may round otherwise elsewhere: reckon in whole numbers',
  },
  {
    name: 'no-race',
    forbids: ({ kind, what }) =>
      kind === 'member' && ['Promise.race', 'Promise.any'].includes(what),
    why: 'which answer comes first differs from peer to peer: wait for all of them',
  },
  {
    name: 'no-stack',
    forbids: memberAmong('stack', 'captureStackTrace'),
    why: 'a stack shows where the code lies on the machine',
  },
  {
    name: 'no-webassembly',
    forbids: nameAmong('WebAssembly'),
    except: /^chaincode\/kernel\/eds\//,
    why: 'only the arithmetic of signatures needs it, and keeps to whole numbers',
  },
];

/** Functions of `Math` whose results for whole numbers are exact on every machine. */
const exactMath = ['abs', 'ceil', 'clz32', 'floor', 'imul', 'max', 'min', 'round', 'sign', 'trunc'];

type Test = (use: Use) => boolean;

function nameAmong(...names: readonly string[]): Test {
  return ({ kind, what }) => (kind === 'name' || kind === 'owner') && names.includes(what);
}

/** A member of anything, by its own name. */
function memberAmong(...names: readonly string[]): Test {
  return ({ kind, what }) => kind === 'member' && names.includes(what.slice(what.indexOf('.') + 1));
}

function either(...tests: readonly Test[]): Test {
  return (use) => tests.some((test) => test(use));
}

/** Whether a pattern asks for properties of characters, or ignores case by Unicode's rules. */
function usesUnicodeTables(pattern: string): boolean {
  const flags = pattern.slice(pattern.lastIndexOf('/') + 1);
  if (!/[uv]/.test(flags)) return false;
  return flags.includes('i') || /\\[pP]\{/.test(pattern);
}
