import '@fontsource-variable/noto-sans-sc/wght.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/home.css';
import './styles/records.css';
import './styles/entity.css';
import './styles/forms.css';
import './styles/graph.css';
import './styles/samples.css';
import './styles/narrow.css';
import './styles/history.css';
import './styles/work.css';
import './styles/training.css';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { Provider } from 'urql';
import { client } from './ask';
import { WithModel } from './model';
import { Places } from './Places';
import { useIsDark, usePreferences } from './preferences';
import { themeOf } from './theme';
import { WithViewer } from './viewer';
import { openWords, speak } from './words';

// style elements that antd adds carry the page's nonce; without it the policy refuses them
const nonce = document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';

function Console() {
  const { language, isLarge } = usePreferences();
  const isDark = useIsDark();
  useEffect(() => speak(language), [language]);
  useEffect(() => {
    document.documentElement.dataset.mode = isDark ? 'dark' : 'light';
    document.documentElement.dataset.size = isLarge ? 'large' : 'normal';
  }, [isDark, isLarge]);
  return (
    <ConfigProvider
      csp={{ nonce }}
      locale={language === 'en' ? enUS : zhCN}
      theme={themeOf(isDark, isLarge)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App>
        <Provider value={client}>
          <WithModel>
            <WithViewer>
              <BrowserRouter>
                <Places />
              </BrowserRouter>
            </WithViewer>
          </WithModel>
        </Provider>
      </App>
    </ConfigProvider>
  );
}

await openWords();
const place = document.getElementById('console');
if (!place) throw new Error('The page has no place for the console.');
createRoot(place).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
