import type { Command } from 'commander';

/**
 * The command that holds others under one word, `kepil network …`: found, or made at first use, so
 * that several files can add to one group without knowing of each other.
 */
export function groupOf(program: Command, name: string, description: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  if (known) return known;
  return program.command(name).description(description);
}

/** Prints a result: one JSON document where a program reads, else the text for a person. */
export function print(asJson: boolean | undefined, value: unknown, text: string): void {
  process.stdout.write(`${asJson ? JSON.stringify(value, undefined, 2) : text}\n`);
}

/** The examples at the end of a command's help; each line is a command and what it does. */
export function examples(command: Command, lines: readonly (readonly [string, string])[]): Command {
  const width = Math.max(...lines.map(([line]) => line.length));
  const shown = lines.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`);
  return command.addHelpText('after', `\nExamples:\n${shown.join('\n')}`);
}
