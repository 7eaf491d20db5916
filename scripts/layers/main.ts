import { checkSources, lineOf } from './check.ts';
import { sourcesOfTree } from './tree.ts';

const sources = sourcesOfTree();
const findings = checkSources(sources);
for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
process.stdout.write(`Layers: ${findings.length} findings in ${sources.length} files.\n`);
// No sources means that this looked in the wrong place: a green that checked nothing is red.
process.exitCode = findings.length === 0 && sources.length > 0 ? 0 : 1;
