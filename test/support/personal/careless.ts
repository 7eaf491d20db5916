/** Tells the careless chaincode something personal, which it lets out in every way that there is. */
import path from 'node:path';
import { iin } from '../../../gateway/stands/eds/people.ts';
import { packageFolder } from '../../../scripts/config.ts';
import { connect, type NetworkInfo } from '../../../scripts/network-info.ts';
import { PersonalScanner, type PersonalValue } from './scanner.ts';

export const carelessFolder = path.join(packageFolder, 'test', 'privacy', 'chaincode');

/** Nobody of the demonstration has this number, so that it is found only where it was let out. */
const stranger: PersonalValue = { what: 'number of a stranger', text: iin(7719) };

export type Told = {
  readonly value: PersonalValue;
  readonly scanner: PersonalScanner;
  /** What was said when it was refused. */
  readonly refusal: string;
};

/** Says it to the chaincode `careless`, once heard and once refused. */
export async function tellAll(info: NetworkInfo): Promise<Told> {
  const value = stranger;
  const connection = connect(info, { org: 'beta', user: 'User1' }, { chaincode: 'careless' });
  try {
    const call = {
      arguments: [],
      transient: { value: value.text },
      endorsers: ['BetaMSP', 'AlphaMSP', 'NitMSP'],
    };
    const told = await connection.submit({ ...call, transaction: 'tell' });
    if (told.status !== 'committed') throw new Error(JSON.stringify(told));
    const refused = await connection.submit({ ...call, transaction: 'complain' });
    if (refused.status !== 'refused') throw new Error(`it was ${refused.status}`);
    return { value, scanner: new PersonalScanner([value]), refusal: JSON.stringify(refused) };
  } finally {
    connection.close();
  }
}
