import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * The cadastral number of a plot, a building or a unit in it: region, district, quarter and plot,
 * then the object and its parts, with colons between (`02:036:151:1053:1:23`).
 *
 * The plot's form is confirmed; the parts after it, a suffix after a slash and the bounds of their
 * lengths are assumed (no rule that prints them was at hand).
 */
export type CadastralNumber = Brand<string, 'CadastralNumber'>;

const form = /^\d{2}:\d{3}:\d{3}:\d{3,6}(?::\d{1,4}){0,3}(?:\/[0-9A-Za-zА-Яа-я]{1,10})?$/;

/** Reads a cadastral number; the case of a suffix is kept, since folding it may join two objects. */
export function parseCadastralNumber(text: string): Outcome<CadastralNumber> {
  if (!form.test(text)) return refused(refuse('CADASTRAL_NUMBER_FORMAT'));
  return accepted(text as CadastralNumber);
}

export const cadastralNumberSchema = schemaOf(parseCadastralNumber, {
  description: 'Cadastral number of a plot, a building or a unit.',
  examples: ['02:036:151:1053', '02:036:151:1053:1:23'],
  maxLength: 46,
});

/** The number of the plot on which the object stands. */
export function plotOf(number: CadastralNumber): CadastralNumber {
  const [region, district, quarter, plot = ''] = number.split(':');
  return [region, district, quarter, plot.split('/')[0]].join(':') as CadastralNumber;
}

/** Whether the number names a plot itself, and no object on it. */
export function isPlot(number: CadastralNumber): boolean {
  return plotOf(number) === number;
}
