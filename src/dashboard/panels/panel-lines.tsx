import { Box, Text } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import type { Room } from './panel.ts';

/** Lines of text, in parts of several colours where they need them: each is cut where the room ends. */
export function PanelLines({ room, lines }: { room: Room; lines: readonly ReactNode[] }): ReactElement {
  return (
    <Box flexDirection="column" width={room.width} height={room.height} overflow="hidden">
      {lines.slice(0, room.height).map((line, place) => (
        <Text key={place} wrap="truncate-end">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Box>
  );
}
