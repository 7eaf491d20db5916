import { parseSync, visitorKeys, type Node } from 'oxc-parser';

/** A source file by its path from the root of the package, with forward slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

/** What one import statement, re-export or `import()` asks for. */
export type Import = {
  readonly specifier: string;
  /** Names that it takes; none for a whole module or an effect. */
  readonly names: readonly string[];
  readonly line: number;
};

/**
 * A thing that the code uses: the language's own words are told apart from text and comments. An
 * `owner` is a name of which only a member is asked, `Math` in `Math.max`.
 */
export type Use = {
  readonly kind: 'name' | 'owner' | 'member' | 'pattern' | 'number' | 'import.meta';
  /** The name, `Math.random` for a member of a plain name, or the literal as written. */
  readonly what: string;
  readonly line: number;
};

/** What a source file asks of the world around it. */
export type Reading = {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
};

/**
 * Reads a source with a real parser: a word in a comment or a string is no use of it, and a name
 * that stands for a type alone is gone when the code runs.
 */
export function readSource({ path, text }: SourceFile): Reading {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const uses: Use[] = [];
  const lineOf = lineCounter(text);
  const walk = (node: Node, runs: boolean): void => {
    const line = lineOf(node.start);
    for (const found of importsOf(node)) imports.push({ ...found, line });
    // A type uses nothing, but may still import: `import('…').Thing`.
    const used = runs ? usesOf(node, text) : [];
    for (const found of used) uses.push({ ...found, line });
    for (const child of childrenOf(node)) walk(child, runs && !isTypeOnly(child));
  };
  walk(program, true);
  return { path, imports, uses };
}

function importsOf(node: Node): Omit<Import, 'line'>[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return [
        {
          specifier: node.source.value,
          names: node.specifiers.map((one) =>
            one.type === 'ImportSpecifier' ? nameOf(one.imported) : '*',
          ),
        },
      ];
    case 'ExportAllDeclaration':
      return [{ specifier: node.source.value, names: ['*'] }];
    case 'ExportNamedDeclaration':
      return node.source === null
        ? []
        : [
            {
              specifier: node.source.value,
              names: node.specifiers.map(({ local }) => nameOf(local)),
            },
          ];
    case 'ImportExpression':
    case 'TSImportType':
      return [{ specifier: literalOf(node.source) ?? '(computed)', names: ['*'] }];
    default:
      return [];
  }
}

function usesOf(node: Node, text: string): Omit<Use, 'line'>[] {
  switch (node.type) {
    case 'Identifier':
      return [{ kind: 'name', what: node.name }];
    case 'MemberExpression': {
      const member = node.computed ? literalOf(node.property) : nameOf(node.property);
      if (member === undefined) return [];
      if (node.object.type !== 'Identifier') return [{ kind: 'member', what: member }];
      const { name } = node.object;
      return [
        { kind: 'owner', what: name },
        { kind: 'member', what: `${name}.${member}` },
      ];
    }
    case 'ObjectPattern':
      return node.properties.flatMap((one) =>
        one.type === 'Property' && !one.computed
          ? [{ kind: 'member' as const, what: nameOf(one.key) }]
          : [],
      );
    case 'MetaProperty':
      return [{ kind: 'import.meta', what: text.slice(node.start, node.end) }];
    case 'Literal':
      if ('regex' in node) return [{ kind: 'pattern', what: text.slice(node.start, node.end) }];
      if (typeof node.value === 'number') {
        return [{ kind: 'number', what: text.slice(node.start, node.end) }];
      }
      return [];
    default:
      return [];
  }
}

/** Expressions that TypeScript wraps: what they hold still runs. */
const wrappers = [
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
];

/** The parts of a node; names of members and of imports are not names of things. */
function childrenOf(node: Node): Node[] {
  const keys = (visitorKeys[node.type] ?? []).filter((key) => {
    if (node.type === 'MemberExpression') return key === 'object' ? !isOwned(node) : node.computed;
    if (isNamedPart(node)) return key !== 'key' || node.computed;
    if (node.type === 'ExportSpecifier') return key === 'local';
    if (node.type === 'ImportSpecifier') return false;
    return true;
  });
  return keys
    .flatMap((key) => (node as unknown as Record<string, Node | readonly Node[] | null>)[key])
    .filter((child) => child !== null && child !== undefined);
}

/** Whether a plain name's member is asked for by its own name, so that the name is an owner. */
function isOwned(node: Extract<Node, { type: 'MemberExpression' }>): boolean {
  const isNamed = !node.computed || literalOf(node.property) !== undefined;
  return isNamed && node.object.type === 'Identifier';
}

function isNamedPart(node: Node): node is Extract<Node, { key: unknown; computed: boolean }> {
  return ['Property', 'MethodDefinition', 'PropertyDefinition'].includes(node.type);
}

function isTypeOnly(node: Node): boolean {
  return node.type.startsWith('TS') && !wrappers.includes(node.type);
}

function nameOf(node: Node): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name;
  return literalOf(node) ?? '';
}

function literalOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  // A template without holes says the same as a string.
  if (node.type === 'TemplateLiteral')
    return node.quasis.length === 1 ? node.quasis[0]?.value.raw : undefined;
  return undefined;
}

/** Gives the line of a place, for places that come in any order. */
function lineCounter(text: string): (place: number) => number {
  const ends: number[] = [];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) ends.push(end);
  return (place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
