/** Roles as people name them on the command line. */
import { roles, type Role } from '../../chaincode/kernel/eds/roles.ts';
import { wrongCall } from './files.ts';

/** Other names of a role, NCANode's among them; case, blanks and dashes do not matter. */
const aliases: Readonly<Record<string, Role>> = {
  individual: 'person',
  natural: 'person',
  legal: 'organisation',
  organization: 'organisation',
  ceo: 'head',
  firsthead: 'head',
  sign: 'signatory',
  signright: 'signatory',
  righttosign: 'signatory',
  cansign: 'signatory',
  financesign: 'financeSignatory',
  finance: 'financeSignatory',
  cansignfinancial: 'financeSignatory',
  infosystem: 'system',
  informationsystem: 'system',
  treasuryclient: 'treasury',
};

/** Reads a role by its name. */
export function roleOfText(text: string): Role {
  const plain = text.toLowerCase().replaceAll(/[\s_-]/g, '');
  const role = roles.find((known) => known.toLowerCase() === plain) ?? aliases[plain];
  if (role === undefined) throw wrongCall(`${text} is no role; roles: ${roles.join(', ')}.`);
  return role;
}
