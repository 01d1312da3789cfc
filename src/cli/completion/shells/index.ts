import type { Shell } from '../shell.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { zsh } from './zsh.ts';

/** Every shell. To add one: a file in this folder, a line here. */
export const shells: readonly Shell[] = [bash, zsh, fish];
