import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconCircleHalf2, IconMoon, IconSun } from '@tabler/icons-react';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const icons = { auto: IconCircleHalf2, light: IconSun, dark: IconMoon };
const words = { auto: 'follows the system', light: 'light', dark: 'dark' };

/** System, light, dark, and round again. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const label = `Colours: ${words[colorScheme]}. Change to: ${words[next[colorScheme]]}.`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setColorScheme(next[colorScheme])}>
        <Icon size={19} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
