// The visual language as antd's tokens: ink teal, letters that pass AA in both modes, an 8 px grid.
import { theme as antdTheme, type ThemeConfig } from 'antd';

const FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC Variable", system-ui, sans-serif';

export function themeOf(isDark: boolean, isLarge: boolean): ThemeConfig {
  const quiet = isDark ? '#A5B0BF' : '#5F6B7A';
  const border = isDark ? '#5F6B7A' : '#7C8796';
  const ink = isDark ? '#5CC4DA' : '#155E75';
  return {
    algorithm: isDark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily: FONTS,
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
