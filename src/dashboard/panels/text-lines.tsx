import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Room } from './panel.ts';

/** Lines of text, as many as there is room for, each cut where the room ends. */
export function TextLines({ lines, room }: { lines: readonly string[]; room: Room }): ReactElement {
  return (
    <Box flexDirection="column" width={room.width}>
      {lines.slice(0, Math.max(0, room.height)).map((line, place) => (
        <Text key={place} wrap="truncate">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Box>
  );
}
