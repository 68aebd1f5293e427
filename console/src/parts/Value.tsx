// One value of a field, as its kind and unit ask for.
import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { instant, quantity, whole } from '../format';
import { type Field, type Model, useModel } from '../model';

/** The value as text: for tables, CSV files and pages alike. */
export function asText(value: unknown, field: Pick<Field, 'kind' | 'unit' | 'options' | 'name'>, model: Model): string {
  if (value === null || value === undefined) return '';
  const { language } = model;
  switch (field.kind) {
    case 'CHOICE':
      return model.option(field.options, String(value));
    case 'NUMBER':
      return quantity(Number(value), field.unit, language);
    case 'INTEGER':
      return /year/i.test(field.name)
        ? String(value)
        : field.unit
          ? quantity(Number(value), field.unit, language)
          : whole(Number(value), language);
    case 'INSTANT':
      return instant(String(value), language);
    case 'TEXTS':
      return (value as string[]).join(language === 'en' ? ', ' : '、');
    case 'FLAG':
      return value ? YES[language] : NO[language];
    default:
      return String(value);
  }
}

const YES = { 'zh-CN': '是', en: 'Yes' };
const NO = { 'zh-CN': '否', en: 'No' };

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t('entity.copied'));
  };
  return (
    <Button
      type="text"
      size="small"
      icon={<CopyOutlined aria-hidden="true" />}
      aria-label={`${t('entity.copy')} ${label}`}
      onClick={copy}
    />
  );
}

export function Value({ value, field }: { value: unknown; field: Field }) {
  const model = useModel();
  const text = asText(value, field, model);
  if (field.name === 'website' && /^https?:/.test(text)) {
    return (
      <a href={text} rel="noreferrer noopener" target="_blank">
        {text}
      </a>
    );
  }
  if (field.identifies || field.name === 'id') {
    return (
      <span className="identifier">
        <code>{text}</code>
        <CopyButton text={text} label={model.label(field)} />
      </span>
    );
  }
  return <span title={model.optionHint(field.options, String(value))}>{text}</span>;
}
