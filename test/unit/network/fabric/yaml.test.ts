import { expect } from 'chai';
import { yaml } from '../../../../network/fabric/yaml.ts';

describe('yaml', () => {
  it('nests maps and lists, quotes texts, and leaves out what is undefined', () => {
    const text = yaml({
      a: { b: 'text: with "quotes"', absent: undefined },
      list: ['one', { two: 2, three: [true] }],
      empty: {},
      none: [],
      'a/b': 1,
    });
    expect(text).to.equal(
      [
        'a:',
        '  b: "text: with \\"quotes\\""',
        'list:',
        '  - "one"',
        '  -',
        '    two: 2',
        '    three:',
        '      - true',
        'empty: {}',
        'none: []',
        '"a/b": 1',
        '',
      ].join('\n'),
    );
  });
});
