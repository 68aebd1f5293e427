// The visual language as antd's tokens: ink teal, letters that pass AA in both modes, an 8 px grid.
import { theme as antdTheme, type ThemeConfig } from 'antd';

/** The same colours for what is drawn beside antd; `many` tell neighbours apart and stand 3:1 on the ground. */
export interface Colours {
  ink: string;
  text: string;
  line: string;
  ground: string;
  many: readonly string[];
}

const LIGHT: Colours = {
  ink: '#155E75',
  text: '#1B2430',
  line: '#7C8796',
  ground: '#FFFFFF',
  many: ['#153A7C', '#147C76', '#A11CB1', '#694C28', '#60761B', '#D40C6A', '#531716', '#2F343C'],
};
const DARK: Colours = {
  ink: '#5CC4DA',
  text: '#E6EBF0',
  line: '#8593A3',
  ground: '#141A21',
  many: ['#6485CB', '#A6EDEA', '#D8AAF1', '#DCAD5B', '#DFF0C5', '#F14E90', '#EC8E82', '#A5B0BF'],
};

export function coloursOf(isDark: boolean): Colours {
  return isDark ? DARK : LIGHT;
}

export function themeOf(isDark: boolean, isLarge: boolean): ThemeConfig {
  const quiet = isDark ? '#A5B0BF' : '#5F6B7A';
  const border = isDark ? '#5F6B7A' : '#7C8796';
  const ink = isDark ? '#5CC4DA' : '#155E75';
  return {
    algorithm: isDark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily: 'var(--fonts)',
      fontSize: isLarge ? 18 : 14,
      colorPrimary: ink,
      colorLink: ink,
      colorInfo: ink,
      colorSuccess: isDark ? '#57C46C' : '#1A7F37',
      colorWarning: isDark ? '#E3B341' : '#8A5A00',
      colorError: isDark ? '#FF8A80' : '#C62828',
      colorTextDescription: quiet,
      colorTextPlaceholder: quiet,
      colorTextSecondary: quiet,
      colorTextTertiary: quiet,
      colorBorder: border,
      colorTextLightSolid: isDark ? '#10212B' : '#FFFFFF',
      borderRadius: 4,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.2s',
    },
    components: { Tooltip: { colorTextLightSolid: '#FFFFFF', colorBgSpotlight: '#10212B' } },
  };
}
