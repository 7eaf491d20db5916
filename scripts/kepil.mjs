#!/usr/bin/env node
/** The command `kepil`: installs and builds what is missing, then hands over to `kepil.ts`. */
import { main, prepare } from './bootstrap.mjs';

await main(async () => {
  prepare();
  const { run } = await import('../dist/scripts/kepil.js');
  return run(process.argv.slice(2));
});
